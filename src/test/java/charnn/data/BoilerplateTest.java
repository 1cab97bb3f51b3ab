package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoilerplateTest {
  private static final String BOOK = "CHAPTER I.\n\nIt was a dark night.\n\n  THE END\n";

  @Test
  void removesTheOldMarks() {
    assertThat(
            Boilerplate.remove(
                """
                The Project Gutenberg EBook of Anna Karenina, by Lev Nikolaevica Tolstoi

                This eBook is for the use of anyone anywhere at no cost.

                *** START OF THIS PROJECT GUTENBERG EBOOK ANNA KARENINA ***


                """
                    + BOOK
                    + """

                    *** END OF THIS PROJECT GUTENBERG EBOOK ANNA KARENINA ***

                    ***** This file should be named 13214-8.txt *****
                    """))
        .isEqualTo(BOOK);
  }

  @Test
  void removesTheNewMarks() {
    assertThat(
            Boilerplate.remove(
                """
                The Project Gutenberg eBook of Grimms' Fairy Tales

                *** START OF THE PROJECT GUTENBERG EBOOK GRIMMS' FAIRY TALES ***

                """
                    + BOOK
                    + """
                    *** END OF THE PROJECT GUTENBERG EBOOK GRIMMS' FAIRY TALES ***
                    """))
        .isEqualTo(BOOK);
  }

  @Test
  void removesMarksWithoutSpaces() {
    assertThat(
            Boilerplate.remove(
                "***START OF THE PROJECT GUTENBERG EBOOK A TALE***\n"
                    + BOOK
                    + "***END OF THE PROJECT GUTENBERG EBOOK A TALE***\n"))
        .isEqualTo(BOOK);
  }

  @Test
  void removesAMarkThatGoesOverTwoLines() {
    assertThat(
            Boilerplate.remove(
                """
                *** START OF THE PROJECT GUTENBERG EBOOK THE LIFE AND STRANGE
                SURPRISING ADVENTURES OF ROBINSON CRUSOE ***

                """
                    + BOOK
                    + """

                    *** END OF THE PROJECT GUTENBERG EBOOK THE LIFE AND STRANGE
                    SURPRISING ADVENTURES OF ROBINSON CRUSOE ***
                    """))
        .isEqualTo(BOOK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Produced by Emma Dudding, John Bickers, and Dagny",
        "Produced by Jeroen Hellingman and the\nDistributed Proofreaders Team",
        "E-text prepared by Suzanne Shell",
      })
  void removesTheCreditsAfterTheMark(String credits) {
    assertThat(
            Boilerplate.remove(
                "*** START OF THIS PROJECT GUTENBERG EBOOK X ***\n\n\n"
                    + credits
                    + "\n\n\n"
                    + BOOK))
        .isEqualTo(BOOK);
  }

  @Test
  void keepsCreditsElsewhere() {
    String text = BOOK + "\nProduced by the miller\n\nand his son\n";
    assertThat(Boilerplate.remove("*** START OF THIS PROJECT GUTENBERG EBOOK X ***\n" + text))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "End of the Project Gutenberg EBook of Anna Karenina, by Lev Tolstoi",
        "End of Project Gutenberg's Grimms’ Fairy Tales, by The Brothers Grimm",
        "End of Project Gutenberg’s Grimms’ Fairy Tales, by The Brothers Grimm",
        "End of this Project Gutenberg EBook of a book with a long name,\nby two authors",
      })
  void removesTheFooterBeforeTheMark(String footer) {
    assertThat(
            Boilerplate.remove(
                "*** START OF THIS PROJECT GUTENBERG EBOOK X ***\n"
                    + BOOK
                    + "\n\n"
                    + footer
                    + "\n\n*** END OF THIS PROJECT GUTENBERG EBOOK X ***\nlicence\n"))
        .isEqualTo(BOOK);
  }

  @Test
  void removesTheSmallPrintOfOldBooks() {
    assertThat(
            Boilerplate.remove(
                """
                Welcome To The World of Free Plain Vanilla Electronic Texts

                ***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***
                Why is this "Small Print!" statement here?
                *END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*

                """
                    + BOOK
                    + """

                    End of the Project Gutenberg Etext of A Tale
                    """))
        .isEqualTo(BOOK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CHAPTER I.\n\nIt was a dark night.\n\n",
        "  no line end, white space around  ",
        "",
        "\n",
        "*** Three stars\n\n*** END OF CHAPTER ONE\n",
      })
  void textsWithoutMarksComeBackAsTheyAre(String text) {
    assertThat(Boilerplate.remove(text)).isEqualTo(text);
  }

  @Test
  void aTextThatOnlyMentionsProjectGutenbergComesBackAsItIs() {
    String text =
        """
        We read it as the Project Gutenberg EBook of Emma; the start of the Project Gutenberg EBook
        was torn, and at the end of the Project Gutenberg EBook stood a licence.
        Produced by hand. Project Gutenberg's founder was Michael Hart.
        """;
    assertThat(Boilerplate.remove(text)).isEqualTo(text);
  }

  @Test
  void removesTheFooterOfATextWhoseHeaderIsGone() {
    assertThat(
            Boilerplate.remove(
                BOOK + "\n*** END OF THE PROJECT GUTENBERG EBOOK A TALE ***\nlicence\n"))
        .isEqualTo(BOOK);
  }

  @Test
  void removesTheHeaderOfATextWhoseFooterIsGone() {
    assertThat(
            Boilerplate.remove(
                "header\n*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\n" + BOOK))
        .isEqualTo(BOOK);
  }

  @Test
  void aFileOfTwoBooksKeepsBoth() {
    String text =
        """
        *** START OF THE PROJECT GUTENBERG EBOOK ONE ***
        The first tale.
        *** END OF THE PROJECT GUTENBERG EBOOK ONE ***
        licence
        *** START OF THE PROJECT GUTENBERG EBOOK TWO ***
        The second tale.
        *** END OF THE PROJECT GUTENBERG EBOOK TWO ***
        licence
        """;
    assertThat(Boilerplate.remove(text)).contains("The first tale.", "The second tale.");
  }

  @Test
  void aLongParagraphAfterTheCreditsDoesNotOverflowTheStack() {
    String text =
        "*** START OF THE PROJECT GUTENBERG EBOOK A POEM ***\nProduced by A. Reader\n"
            + "and on it went\n".repeat(50_000);
    assertThatCode(() -> Boilerplate.remove(text)).doesNotThrowAnyException();
  }
}
