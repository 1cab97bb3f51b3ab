@echo off
rem Starts charnn on Windows: finds Java, builds on first use or when the sources are newer, and runs charnn.Main.
rem Environment: JAVA_HOME (which Java), CHARNN_JAVA_OPTS (more options of the Java virtual machine).
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "charnn_home=%%~fI"

rem JAVA_HOME's Java comes first on the path, and no java of the current folder before it: then its name needs no quotes within "for".
set "NoDefaultCurrentDirectoryInExePath=1"
if not defined JAVA_HOME goto on_path
if exist "%JAVA_HOME%\bin\java.exe" goto java_home
echo charnn: JAVA_HOME is %JAVA_HOME%, which has no bin\java.exe; set it to a Java 17 or later, or unset it>&2
exit /b 1
:java_home
set "PATH=%JAVA_HOME%\bin;%PATH%"
:on_path
where java >nul 2>nul
if not errorlevel 1 goto found
echo charnn: Java is not installed; install a JDK 17 or later>&2
exit /b 1

:found
set "version=0"
for /f "tokens=2,3" %%A in ('java -version 2^>^&1') do if "%%A"=="version" set "version=%%~B"
for /f "delims=.-+ " %%M in ("%version%") do set "major=%%M"
if %major% GEQ 17 goto java_ok
echo charnn: Java 17 or later is needed, but this is version %version%; set JAVA_HOME to a newer one>&2
exit /b 1

:java_ok
rem The build is out of date when a source is newer than what its last act wrote: see charnn.cli.LaunchFiles.
powershell -NoProfile -Command "$t = Join-Path $env:charnn_home 'target'; $c = Get-Item -LiteralPath (Join-Path $t 'launch\built') -ErrorAction SilentlyContinue; if (-not $c) { exit 1 }; $s = @(Get-ChildItem -LiteralPath (Join-Path $env:charnn_home 'src\main') -Recurse) + @(Get-Item -LiteralPath (Join-Path $env:charnn_home 'pom.xml')); if ($s | Where-Object { $_.LastWriteTime -gt $c.LastWriteTime }) { exit 1 }"
if not errorlevel 1 goto built
set "maven=mvn"
where mvn >nul 2>nul
if errorlevel 1 set "maven=.\mvnw.cmd"
echo charnn: building (on a fresh machine this downloads about 200 MB)...>&2
if not exist "%charnn_home%\target" mkdir "%charnn_home%\target"
pushd "%charnn_home%"
call %maven% -B -q -Dmaven.test.skip=true package >target\build.log 2>&1
set "built=%errorlevel%"
popd
if "%built%"=="0" goto touch
echo charnn: the build failed; all it said is in %charnn_home%\target\build.log>&2
exit /b 1
:touch
powershell -NoProfile -Command "(Get-Item -LiteralPath (Join-Path $env:charnn_home 'target\launch\built')).LastWriteTime = Get-Date"

:built
rem The options of Java are those of the command; help is what any command may be asked for.
set "launch=%charnn_home%\target\launch"
set "options=%launch%\%~1.options"
rem Those of several texts at once are others. Delayed expansion takes the arguments as they are, whatever characters a text has.
set all=%*
if not defined all goto one_text
setlocal EnableDelayedExpansion
if not "!all:--count=!"=="!all!" goto several_texts
if not "!all:--best-of=!"=="!all!" goto several_texts
set "temperatures=!all:*--temperature=!"
if "!temperatures!"=="!all!" goto one_temperature
for /f "tokens=1 delims== " %%T in ("!temperatures!") do set "temperatures=%%T"
if not "!temperatures:,=!"=="!temperatures!" goto several_texts
:one_temperature
endlocal
goto one_text
:several_texts
endlocal
if exist "%launch%\%~1-batch.options" set "options=%launch%\%~1-batch.options"
:one_text
if "%~1"=="" set "options=%launch%\help.options"
if not exist "%options%" set "options=%launch%\help.options"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
rem A newer Java would take a pipe for a terminal.
java "@%options%" "@%launch%\dl4j.options" "-Dcharnn.home=%charnn_home%" -Djdk.console=java.base %CHARNN_JAVA_OPTS% charnn.Main %*
exit /b %errorlevel%
