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
rem The build is out of date when a source is newer than the class path that its last act wrote.
powershell -NoProfile -Command "$t = Join-Path $env:charnn_home 'target'; $c = Get-Item -LiteralPath (Join-Path $t 'classpath') -ErrorAction SilentlyContinue; if (-not $c -or -not (Test-Path -LiteralPath (Join-Path $t 'charnn.jar'))) { exit 1 }; $s = @(Get-ChildItem -LiteralPath (Join-Path $env:charnn_home 'src\main') -Recurse) + @(Get-Item -LiteralPath (Join-Path $env:charnn_home 'pom.xml')); if ($s | Where-Object { $_.LastWriteTime -gt $c.LastWriteTime }) { exit 1 }"
if not errorlevel 1 goto built
where mvn >nul 2>nul
if not errorlevel 1 goto build
echo charnn: Maven is not installed, which builds charnn on first use; install it>&2
exit /b 1
:build
echo charnn: building (on a fresh machine this downloads about 150 MB)...>&2
if not exist "%charnn_home%\target" mkdir "%charnn_home%\target"
pushd "%charnn_home%"
call mvn -B -q -Dmaven.test.skip=true package >target\build.log 2>&1
set "built=%errorlevel%"
popd
if "%built%"=="0" goto touch
echo charnn: the build failed; all it said is in %charnn_home%\target\build.log>&2
exit /b 1
:touch
powershell -NoProfile -Command "(Get-Item -LiteralPath (Join-Path $env:charnn_home 'target\classpath')).LastWriteTime = Get-Date"

:built
rem The list of jars is longer than the 1,021 characters that "set /p" reads.
for /f "usebackq delims=" %%L in ("%charnn_home%\target\classpath") do set "libraries=%%L"
rem What the options of Java are for: see scripts/charnn. The numbers of the engine at cache lines only where it pays, because Java starts without its class archive then.
set "alignment="
if "%~1"=="train" set "alignment=-XX:ObjectAlignmentInBytes=64"
if "%~1"=="bench" set "alignment=-XX:ObjectAlignmentInBytes=64"
set "compile="
if "%~1"=="train" set "compile=yes"
if "%~1"=="plan" set "compile=yes"
if "%~1"=="bench" set "compile=yes"
if "%~1"=="eval" set "compile=yes"
if defined compile set "compile=-XX:CompileCommand=quiet -XX:CompileCommand=CompileThresholdScaling,charnn.engine.simd.*::*,0.1 -XX:CompileCommand=BackgroundCompilation,charnn.engine.simd.*::*,false"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
java --add-modules jdk.incubator.vector -XX:+UseSerialGC -XX:-UseFPUForSpilling -XX:PerMethodTrapLimit=1000 %alignment% %compile% "-Dcharnn.home=%charnn_home%" ^
  -Dorg.nd4j.log.initialization=false -Dorg.nd4j.versioncheck=false ^
  %CHARNN_JAVA_OPTS% -cp "%charnn_home%\target\charnn.jar;%libraries%" charnn.Main %*
exit /b %errorlevel%
