package charnn.lab;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Arc2D;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A deterministic finite automaton that reads 0 and 1 and begins in state 0.
 *
 * @param next [state][symbol]
 * @param accepting [state]
 */
record Automaton(int[][] next, boolean[] accepting) {
  private static final double NODE = 13; // radius of a drawn state

  /** Returns an automaton of states such as +12: accepting, to state 1 on 0 and to 2 on 1. */
  static Automaton of(String states) {
    String[] each = states.split(" ");
    Predicate<Integer> accepts = s -> each[s].charAt(0) == '+';
    return explore(0, (s, x) -> each[s].charAt(1 + x) - '0', accepts, s -> s, each.length);
  }

  /**
   * Returns the automaton of the states that are reached from a start, the nearest first.
   *
   * @param next the state after one and a symbol
   * @param key equal for states that are one, which is as the first of them that is reached
   * @param maxStates beyond these, a state goes to itself
   */
  static <S> Automaton explore(
      S start,
      BiFunction<S, Integer, S> next,
      Predicate<S> accepts,
      Function<S, ?> key,
      int maxStates) {
    List<S> states = new ArrayList<>(List.of(start));
    Map<Object, Integer> numbers = new HashMap<>(Map.of(key.apply(start), 0));
    int[][] arrows = new int[maxStates][2];
    boolean[] accepting = new boolean[maxStates];
    for (int s = 0; s < states.size(); s++) {
      accepting[s] = accepts.test(states.get(s));
      for (int symbol = 0; symbol < 2; symbol++) {
        S to = next.apply(states.get(s), symbol);
        Object toKey = key.apply(to);
        if (states.size() < maxStates && numbers.putIfAbsent(toKey, states.size()) == null) {
          states.add(to);
        }
        arrows[s][symbol] = numbers.getOrDefault(toKey, s);
      }
    }
    int size = states.size();
    return new Automaton(Arrays.copyOf(arrows, size), Arrays.copyOf(accepting, size));
  }

  int size() {
    return next.length;
  }

  private int end(String string) {
    return string.chars().reduce(0, (state, symbol) -> next[state][symbol - '0']);
  }

  boolean accepts(String string) {
    return accepting[end(string)];
  }

  /**
   * Returns the smallest automaton that accepts the same strings: without states that are never
   * reached, and with one state for those that no string tells apart (Moore, "Gedanken-experiments
   * on sequential machines", 1956).
   */
  Automaton minimal() {
    int[] group = new int[size()]; // equal for states that no string so far tells apart
    Arrays.setAll(group, s -> accepting[s] ? 1 : 0);
    Map<List<Integer>, Integer> groups = new HashMap<>();
    int before;
    do {
      before = groups.size();
      groups.clear();
      int[] finer = new int[size()];
      for (int s = 0; s < size(); s++) {
        List<Integer> key = List.of(group[s], group[next[s][0]], group[next[s][1]]);
        finer[s] = groups.computeIfAbsent(key, k -> groups.size());
      }
      group = finer;
    } while (groups.size() > before);
    int[] last = group;
    return explore(0, (s, x) -> next[s][x], s -> accepting[s], s -> last[s], size());
  }

  /** Returns the shortest string that only one of two automata accepts, null if there is none. */
  String difference(Automaton other) {
    Queue<String> strings = new ArrayDeque<>(List.of(""));
    Set<List<Integer>> seen = new HashSet<>(); // pairs of the states that strings end in
    while (!strings.isEmpty()) {
      String string = strings.remove();
      if (accepts(string) != other.accepts(string)) {
        return string;
      }
      if (seen.add(List.of(end(string), other.end(string)))) {
        strings.addAll(List.of(string + '0', string + '1'));
      }
    }
    return null;
  }

  /** Draws the states on a circle, the first at its top; accepting ones have two rings. */
  void draw(Graphics2D graphics, Point2D centre, double radius) {
    double[] outwards = new double[size()]; // angles
    Arrays.setAll(outwards, s -> 2 * Math.PI * s / size() - Math.PI / 2);
    Point2D[] centres = new Point2D[size()];
    Arrays.setAll(centres, s -> move(centre, outwards[s], size() == 1 ? 0 : radius));
    for (int s = 0; s < size(); s++) {
      for (int to : Arrays.stream(next[s]).distinct().toArray()) {
        boolean isLoop = s == to;
        Point2D from = centres[s];
        double ahead = isLoop ? outwards[s] + Math.PI / 2 : angle(from, centres[to]);
        Point2D middle = move(from, ahead, from.distance(centres[to]) / 2);
        Point2D bend = move(middle, ahead - Math.PI / 2, isLoop ? 2.5 * NODE : NODE);
        Point2D before = move(bend, ahead, isLoop ? -2 * NODE : 0);
        Point2D after = move(bend, ahead, isLoop ? 2 * NODE : 0);
        double back = angle(centres[to], after);
        Point2D tip = move(centres[to], back, NODE);
        CubicCurve2D curve = new CubicCurve2D.Double();
        curve.setCurve(from, before, after, tip);
        Arc2D head = new Arc2D.Double();
        head.setArcByCenter(tip.getX(), tip.getY(), 9, -Math.toDegrees(back) - 22, 44, Arc2D.PIE);
        graphics.setColor(Color.GRAY);
        graphics.draw(curve);
        graphics.fill(head);
        String symbols = next[s][0] == next[s][1] ? "0,1" : next[s][0] == to ? "0" : "1";
        Point2D at = move(bend, ahead - Math.PI / 2, 7);
        graphics.setColor(Color.BLACK);
        graphics.drawString(
            symbols, (float) at.getX() - 4 * symbols.length(), (float) at.getY() + 4);
      }
    }
    for (int s = 0; s < size(); s++) {
      graphics.setColor(s == 0 ? new Color(0xFFF1C9) : Color.WHITE);
      graphics.fill(circle(centres[s], NODE));
      graphics.setColor(Color.BLACK);
      graphics.draw(circle(centres[s], NODE));
      graphics.draw(circle(centres[s], accepting[s] ? NODE - 3 : NODE));
    }
  }

  private static double angle(Point2D from, Point2D to) {
    return Math.atan2(to.getY() - from.getY(), to.getX() - from.getX());
  }

  private static Point2D move(Point2D from, double angle, double distance) {
    return new Point2D.Double(
        from.getX() + distance * Math.cos(angle), from.getY() + distance * Math.sin(angle));
  }

  private static Ellipse2D circle(Point2D at, double radius) {
    return new Ellipse2D.Double(at.getX() - radius, at.getY() - radius, 2 * radius, 2 * radius);
  }
}
