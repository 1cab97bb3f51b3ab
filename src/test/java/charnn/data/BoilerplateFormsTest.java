package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms in which Project Gutenberg has put its words around books, and what only looks so. */
class BoilerplateFormsTest {
  private static final String BOOK =
      """
      THE MILLER'S GOOSE

      Once upon a time there was a miller who had a goose, and the goose could speak.

      "Do not sell me," said the goose, "and I will lay you a golden egg."

        THE END
      """;

  private static final String OTHER =
      """
      THE TAILOR'S CAT

      A tailor had a cat that could sew. It sewed by night, and nobody saw it.

      In the morning the coats were done.
      """;

  private static final String LICENCE =
      """
      You may copy it, give it away or re-use it under the terms of the Project Gutenberg License
      included with this eBook or online.

      Donations are accepted by the Foundation in a number of ways, also by e-mail.
      """;

  private static final String WITHOUT_A_BREAK =
      """
      Updated editions will replace the previous one: the old editions will be renamed.
      Creating the works from print editions not protected by U.S. copyright law means that no one
      owns a United States copyright in these works, so the Foundation (and you!) can copy and
      distribute it in the United States without permission and without paying copyright royalties.
      """;

  private static final String SENTENCE =
      "\nEnd of the Project Gutenberg EBook of The Goose, by A. Miller\n";

  private static final String SMALL_PRINT =
      """
      Why is this "Small Print!" statement here? You know: lawyers. They tell us you might sue us if
      there is something wrong with your copy of this etext.

      LIMITED WARRANTY; DISCLAIMER OF DAMAGES

      You may distribute copies of this etext electronically, or by disk, if you also keep this header.
      """;

  private static final String SMALL_PRINT_START =
      "***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***\n";
  private static final String SMALL_PRINT_END =
      "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n";

  private static final String START = "*** START OF THE PROJECT GUTENBERG EBOOK THE GOOSE ***\n";
  private static final String END = "*** END OF THE PROJECT GUTENBERG EBOOK THE GOOSE ***\n";
  private static final String HEADER =
      """
      The Project Gutenberg eBook of The Goose

      This ebook is for the use of anyone anywhere in the United States.

      Title: The Goose

      Author: A. Miller

      Release date: January 1, 2001 [eBook #1]
                      Most recently updated: January 2, 2001

      Language: English

      """;

  private static final String NOTICE =
      """

      <<THIS ELECTRONIC VERSION OF THE GOOSE IS COPYRIGHT 1990-1993 BY WORLD
      LIBRARY, INC., AND IS PROVIDED BY PROJECT GUTENBERG ETEXT WITH PERMISSION.
      COPIES MAY BE GIVEN AWAY, BUT NOT SOLD.>>


      """;

  static Stream<Arguments> forms() {
    return Stream.of(
        form(
            "World Library's notices between the scenes",
            HEADER + START + BOOK + NOTICE + OTHER + NOTICE + END + LICENCE,
            BOOK + "\n" + OTHER),
        form("World Library's notices alone", BOOK + NOTICE + OTHER, BOOK + "\n" + OTHER),
        form("of today", HEADER + START + "\n\n" + BOOK + "\n\n" + END + LICENCE),
        form(
            "with credits",
            HEADER + START + "\nProduced by A. Reader\n\n\n" + BOOK + END + LICENCE),
        form(
            "before 2020",
            HEADER
                + START.replace("THE PROJECT", "THIS PROJECT")
                + BOOK
                + "\n\nEnd of the Project Gutenberg EBook of The Goose, by A. Miller\n\n"
                + END.replace("THE PROJECT", "THIS PROJECT")
                + "\n***** This file should be named 1.txt or 1.zip *****\n"
                + LICENCE),
        form("ETEXT in the marks", HEADER + etext(START) + BOOK + etext(END) + LICENCE),
        form(
            "E-TEXT in the marks",
            HEADER
                + etext(START).replace("ETEXT", "E-TEXT")
                + BOOK
                + etext(END).replace("ETEXT", "E-TEXT")
                + LICENCE),
        form(
            "copyrighted",
            HEADER
                + START.replace("THE PROJECT", "THE COPYRIGHTED PROJECT")
                + BOOK
                + END.replace("THE PROJECT", "THE COPYRIGHTED PROJECT")
                + LICENCE),
        form(
            "small print at the beginning",
            "***The Project Gutenberg Etext of The Goose, by A. Miller***\n\n"
                + "Copyright laws are changing all over the world; check them before posting these files!\n\n"
                + "**Welcome To The World of Free Plain Vanilla Electronic Texts**\n\n"
                + "We need your donations more than ever!\n\n\n"
                + "**The Legal Small Print**\n\n(Three Pages)\n\n"
                + SMALL_PRINT_START
                + SMALL_PRINT
                + SMALL_PRINT_END
                + "\n\n"
                + BOOK
                + "\nEnd of Project Gutenberg Etext of The Goose, by A. Miller\n"),
        form(
            "small print at the beginning, its own beginning gone",
            "Project Gutenberg Etext of The Goose\n\n" + SMALL_PRINT + SMALL_PRINT_END + BOOK),
        form(
            "small print at the beginning, with credits",
            "The Project Gutenberg Etext of The Goose\n\n"
                + SMALL_PRINT_START
                + SMALL_PRINT
                + SMALL_PRINT_END
                + "\nThis etext was prepared by A. Reader.\n\n"
                + BOOK
                + "\nThe end of the Project Gutenberg etext of The Goose.\n"),
        form(
            "small print of 1993",
            "The Project Gutenberg Etext of The Goose\n\n"
                + SMALL_PRINT
                + "[\"Small Print\" V.12.08.93]\n\n"
                + BOOK),
        form(
            "legal small print at the end",
            "The Project Gutenberg Etext of Tales\n"
                + BOOK
                + "**The Legal Small Print**\n"
                + SMALL_PRINT
                + SMALL_PRINT_END),
        form(
            "legal small print at the end, of few words",
            "The Project Gutenberg Etext of Tales\n"
                + BOOK
                + "**The Legal Small Print**\nYou may give it away.\n"
                + SMALL_PRINT_END),
        form(
            "small print at the end, behind a sentence",
            "The Project Gutenberg Etext of Tales\n\n"
                + BOOK
                + "\nEnd of this Project Gutenberg Etext of Tales\n\n"
                + SMALL_PRINT_START
                + SMALL_PRINT
                + SMALL_PRINT_END.replace("*END*THE", "*END THE")),
        form(
            "legal small print that does not end",
            "The Project Gutenberg EBook of Tales\n\n"
                + BOOK
                + "\n**The Legal Small Print**\n\n"
                + SMALL_PRINT),
        form(
            "German",
            "The Project Gutenberg Etext of Die Gans\n\n"
                + BOOK
                + "\nEnde dieses Project Gutenberg Etextes \"Die Gans\", von A. Müller\n\n"
                + SMALL_PRINT),
        form(
            "German, spelt so",
            HEADER + START + BOOK + "\nEnde dieses Projekt Gutenberg Etextes Die Gans\n\n" + END),
        form("German, E-Buch", HEADER + START + BOOK + "\nEnde dieses Projekt Gutenberg E-Buchs\n"),
        form(
            "French",
            HEADER + START + BOOK + "\nFin de Project Gutenberg's L'oie, by A. M.\n\n" + END),
        form("French, translated", HEADER + START + BOOK + "\nFin du Projet Gutenberg: L'oie\n"),
        form(
            "Dutch",
            HEADER + START + BOOK + "\nEinde van het Project Gutenberg EBook van De gans\n"),
        form("Dutch, this", HEADER + START + BOOK + "\nEinde van dit Project Gutenberg Etext\n"),
        form("Spanish", HEADER + START + BOOK + "\nFin del Proyecto Gutenberg EBook\n"),
        form("Portuguese", HEADER + START + BOOK + "\nFim do Projeto Gutenberg\n"),
        form("the licence on the line behind the sentence", BOOK + SENTENCE + WITHOUT_A_BREAK),
        form(
            "the licence on the line behind a sentence of two lines",
            HEADER + START + BOOK + SENTENCE.replace("Goose, ", "Goose,\n") + WITHOUT_A_BREAK),
        form(
            "the licence on the line behind an unknown title",
            BOOK + "\nEnd of Project Gutenberg's etext\n" + WITHOUT_A_BREAK + LICENCE),
        form("in comments", comment("# ", HEADER + START) + BOOK + comment("# ", END + LICENCE)),
        form(
            "of HTML",
            "<!-- " + START.strip() + " -->\n" + BOOK + "<!-- " + END.strip() + " -->\n"),
        form("indented", "  " + START + BOOK + "    " + END),
        form("behind a byte-order mark", "\uFEFF" + START + BOOK + END),
        form("only marks", START + BOOK + END),
        form(
            "a title of two lines", HEADER + START.replace("THE GOOSE", "THE\nGOOSE") + BOOK + END),
        form(
            "a second start, behind TeX's preamble",
            comment("% ", HEADER + START)
                + """
                \\documentclass{book}
                \\usepackage{goose}
                %% Page size and margins
                \\begin{document}
                \\begin{verbatim}
                """
                + HEADER
                + START
                + "\\end{verbatim}\n\n"
                + BOOK
                + "\\end{document}\n\n"
                + comment("% ", END + LICENCE)
                + "\nThis is pdfTeX, Version 3.14 (format=pdflatex)\nentering extended mode\n\n"
                + "Output written on goose.pdf after two runs, which took a while.\n",
            "\\end{verbatim}\n\n" + BOOK + "\\end{document}\n"),
        form(
            "two books in a file",
            HEADER + START + BOOK + END + LICENCE + HEADER + START + OTHER + END + LICENCE,
            BOOK + "\n" + OTHER),
        form(
            "two books in a file, with small print",
            "The Project Gutenberg Etext of One\n\n"
                + SMALL_PRINT_START
                + SMALL_PRINT
                + SMALL_PRINT_END
                + BOOK
                + "\nEnd of Project Gutenberg Etext of One\n\nThe Project Gutenberg Etext of Two\n\n"
                + SMALL_PRINT_START
                + SMALL_PRINT
                + SMALL_PRINT_END
                + OTHER
                + "\nEnd of Project Gutenberg Etext of Two\n",
            BOOK + "\n" + OTHER),
        form(
            "two books in a file, the second without a start",
            HEADER + START + BOOK + END + LICENCE + "\n" + OTHER,
            BOOK + "\n" + OTHER),
        form(
            "two books in a file, the first without an end",
            HEADER + START + BOOK + "\n" + HEADER + START.replace("GOOSE", "CAT") + OTHER,
            BOOK + "\n" + OTHER),
        form(
            "a book of one's own before it",
            OTHER + "\n" + HEADER + START + BOOK + END + LICENCE,
            OTHER + "\n" + BOOK),
        form(
            "a start that only an end belongs to",
            OTHER + START + BOOK + END,
            OTHER + "\n" + BOOK));
  }

  static Stream<Arguments> textsOfTheirOwn() {
    return Stream.of(
        form(
            "a notice in these signs, of somebody else",
            OTHER + "\n<<THIS ELECTRONIC VERSION OF MY BOOK IS NOT PROJECT GUTENBERG'S>>\n" + BOOK),
        form("a notice in mid-line", OTHER + "He read: " + NOTICE.strip() + " again.\n" + BOOK),
        form("a mark in mid-line", OTHER + "See: " + START.strip() + " here.\n" + BOOK),
        form("a mark with a sentence behind it", OTHER + START.strip() + " it said.\n\n" + BOOK),
        form("a quoted start", OTHER + "\n" + START + "\n" + BOOK),
        form("a quoted end", OTHER + "\n" + END + "\n" + BOOK),
        form(
            "a quoted start behind a mention",
            OTHER + "He opened the Project Gutenberg eBook and read:\n\n" + START + "\n" + BOOK),
        form("a quoted small print", OTHER + "\n" + SMALL_PRINT_END + "\n" + BOOK),
        form(
            "small print around a book",
            OTHER + SMALL_PRINT_START + BOOK + OTHER + SMALL_PRINT_END),
        form(
            "a sentence that goes on",
            "They talked until the\nEnd of Project Gutenberg's long road, and were tired.\n\n"
                + BOOK),
        form(
            "a long paragraph of it",
            OTHER
                + "\nThe End of Project Gutenberg was what they feared, and so they sat up late.\n"
                + "The goose told them of the miller, and of the mill, and of the golden egg.\n"
                    .repeat(5)
                + "\n"
                + BOOK),
        form("the end of it, in prose", OTHER + "\nFin de siècle: Project Gutenberg.\n\n" + BOOK),
        form(
            "a novel of it",
            "The Project Gutenberg eBook of Emma lay on the table.\n\n"
                + "\"Is it in the public domain?\" he asked. \"Has it a licence?\"\n\n"
                + BOOK),
        form("nothing but marks", START + END),
        form("nothing but a header", HEADER + START),
        form("nothing but a header and the licence", HEADER + START + END + LICENCE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void leavesTheBook(String name, String text, String book) {
    Boilerplate.Remainder left = Boilerplate.remainderOf(text);
    assertThat(left.text()).isEqualTo(book);
    assertThat(left.isNothingElse()).isFalse();
    assertThat(Boilerplate.remove(book)).isEqualTo(book);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("textsOfTheirOwn")
  void removesNothingThatIsTheAuthors(String name, String text, String unused) {
    assertThat(Boilerplate.remove(text)).isEqualTo(text);
  }

  /** What is removed is told by what it says: a short tale loses most of its file, and rightly. */
  @Test
  void aShortTaleLosesMoreThanHalf() {
    String file = HEADER + START + BOOK + END + LICENCE.repeat(3);
    assertThat(Boilerplate.remove(file)).isEqualTo(BOOK);
    assertThat(BOOK.length()).isLessThan(file.length() / 2);
  }

  @Test
  void tellsOfATextThatIsNothingElse() {
    assertThat(Boilerplate.remainderOf(HEADER + START + END + LICENCE).isNothingElse()).isTrue();
    assertThat(Boilerplate.remainderOf(BOOK).isNothingElse()).isFalse();
    assertThat(Boilerplate.remainderOf("").isNothingElse()).isFalse();
  }

  private static Arguments form(String name, String text) {
    return form(name, text, BOOK);
  }

  private static Arguments form(String name, String text, String book) {
    return Arguments.of(name, text, book);
  }

  private static String etext(String mark) {
    return mark.replace("EBOOK", "ETEXT");
  }

  private static String comment(String sign, String text) {
    return text.lines().map(line -> sign + line + "\n").reduce("", String::concat);
  }
}
