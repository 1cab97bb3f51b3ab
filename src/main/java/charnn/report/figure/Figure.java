package charnn.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/**
 * A picture, of XChart's charts or drawn.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record Figure(int width, int height, Painter painter) {
  /** Colours that differ for colour-blind eyes, too (Okabe and Ito, "Color universal design"). */
  public static final Color[] COLOURS = {
    new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7),
    new Color(0xE69F00), new Color(0x56B4E9), new Color(0x666666), new Color(0x000000)
  };

  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;

  /** Mixtures of a colour with white in a PNG: 32 take two thirds of the space of 256. */
  public static final int SHADES = 32;

  private static final int LIGHTEST = 255;

  /** Of a PNG, which has at most two pixels for one of the figure's. */
  private static final int MAX_WIDTH = 2 * WIDTH;

  /** Draws a picture on a white ground. */
  @FunctionalInterface
  public interface Painter {
    void paint(Graphics2D graphics, int width, int height);
  }

  /** Returns charts of one size side by side; without those that have no curves. */
  public static Figure of(XYChart... charts) {
    List<XYChart> drawn =
        Stream.of(charts).filter(chart -> !chart.getSeriesCollection().isEmpty()).toList();
    return new Figure(
        WIDTH * drawn.size(),
        HEIGHT,
        (graphics, width, height) -> {
          for (int i = 0; i < drawn.size(); i++) {
            Graphics2D part = (Graphics2D) graphics.create();
            part.translate(i * WIDTH, 0);
            drawn.get(i).paint(part, WIDTH, HEIGHT);
            part.dispose();
          }
        });
  }

  /** Returns whether there is nothing to draw. */
  public boolean isEmpty() {
    return width == 0;
  }

  /** Returns an empty chart of curves over x. */
  public static XYChart curves(String title, String x, String y) {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle(title);
    chart.setXAxisTitle(x);
    chart.setYAxisTitle(y);
    XYStyler styler = chart.getStyler();
    styler.setSeriesColors(COLOURS);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(new Color(0xE8E8E8));
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setChartTitleBoxVisible(false);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setMarkerSize(7);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    return chart;
  }

  /** Makes the y axis logarithmic, without the grid, which would have nine lines a decade. */
  public static void logarithmicY(XYChart chart) {
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setPlotGridLinesVisible(false);
  }

  /** Adds a curve with a point for each value, if there are any. */
  public static void points(XYChart chart, String name, double[] x, double[] y) {
    if (x.length > 0) {
      chart.addSeries(name, x, y);
    }
  }

  /**
   * Adds a curve with a round point for each value; none where that is not a number.
   *
   * @param colour index in {@link #COLOURS}
   */
  public static void points(XYChart chart, String name, double[] x, double[] y, int colour) {
    if (Arrays.stream(y).allMatch(Double::isNaN)) {
      return;
    }
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(COLOURS[colour % COLOURS.length]);
    series.setLineColor(COLOURS[colour % COLOURS.length]);
    series.setLineStyle(SeriesLines.SOLID);
  }

  /** Adds a thin unbroken line that the legend leaves out. */
  public static void thin(XYChart chart, String name, double[] x, double[] y, Color colour) {
    XYSeries series = line(chart, name, x, y);
    series.setLineColor(colour);
    series.setLineStyle(SeriesLines.SOLID);
    series.setLineWidth(1);
    series.setShowInLegend(false);
  }

  /** Adds a curve without points, of two values or more. */
  public static XYSeries line(XYChart chart, String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  /** Adds a thin grey broken line, for what is compared with. */
  public static void reference(XYChart chart, String name, double[] x, double[] y) {
    XYSeries series = line(chart, name, x, y);
    series.setLineColor(Color.GRAY);
    series.setLineStyle(
        new BasicStroke(
            1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0));
  }

  /** Returns the picture as a PNG file. */
  public byte[] png() throws IOException {
    double scale = Math.min(2, (double) MAX_WIDTH / width);
    BufferedImage image =
        new BufferedImage(
            (int) (scale * width), (int) (scale * height), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(scale, scale);
    paint(graphics);
    graphics.dispose();
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    Arrays.setAll(pixels, i -> shade(pixels[i]));
    image.setRGB(0, 0, image.getWidth(), image.getHeight(), pixels, 0, image.getWidth());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  /** Returns the nearest of the shades of a colour that have its hue. */
  public static int shade(int rgb) {
    int red = LIGHTEST - (rgb >> 16 & 0xFF); // what is missing to white
    int green = LIGHTEST - (rgb >> 8 & 0xFF);
    int blue = LIGHTEST - (rgb & 0xFF);
    double most = Math.max(1, Math.max(red, Math.max(green, blue)));
    double step = (double) LIGHTEST / (SHADES - 1);
    double scale = Math.round(most / step) * step / most;
    return LIGHTEST - (int) Math.round(scale * red) << 16
        | LIGHTEST - (int) Math.round(scale * green) << 8
        | LIGHTEST - (int) Math.round(scale * blue);
  }

  /** Returns the picture as an SVG file. */
  public byte[] svg() throws IOException {
    Document document;
    try {
      document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new AssertionError("every Java has a document builder", e);
    }
    SVGGraphics2D graphics = new SVGGraphics2D(document);
    graphics.setSVGCanvasSize(new Dimension(width, height));
    paint(graphics);
    StringWriter svg = new StringWriter();
    graphics.stream(svg, true);
    return svg.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void paint(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    painter.paint(graphics, width, height);
  }
}
