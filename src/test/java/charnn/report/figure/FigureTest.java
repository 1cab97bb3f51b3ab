package charnn.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FigureTest {
  /** From white to a blue that has 255 : 141 : 77 less of red, green and blue than white has. */
  @Test
  void aRampFromWhiteToAColourKeepsItsHue() throws IOException {
    Figure.Painter painter =
        (graphics, width, height) -> {
          for (int x = 0; x < width; x++) {
            graphics.setColor(new Color(0, 0x72, 0xB2, x));
            graphics.fillRect(x, 0, 1, height);
          }
        };
    byte[] png = new Figure(256, 2, painter).png();
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    Set<Integer> colours = new HashSet<>();
    int before = 0;
    for (int x = 0; x < 256; x++) {
      Color pixel = new Color(read.getRGB(2 * x, 0));
      int red = 255 - pixel.getRed();
      assertThat(255 - pixel.getGreen()).isCloseTo(Math.round(red * 141 / 255.0f), within(3));
      assertThat(255 - pixel.getBlue()).isCloseTo(Math.round(red * 77 / 255.0f), within(3));
      assertThat(red).as("the more, the darker").isGreaterThanOrEqualTo(before);
      before = red;
      colours.add(pixel.getRGB());
    }
    assertThat(before).isEqualTo(255);
    assertThat(colours).hasSizeLessThan(100);
  }

  @Test
  void shadesOfGreyAreGreyAndWhiteIsWhite() {
    assertThat(Figure.shade(Color.WHITE.getRGB())).isEqualTo(0xFFFFFF);
    assertThat(Figure.shade(Color.BLACK.getRGB())).isZero();
    assertThat(Figure.shade(0xE8E8E8)).isEqualTo(0xE6E6E6);
  }
}
