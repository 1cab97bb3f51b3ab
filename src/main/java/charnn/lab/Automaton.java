package charnn.lab;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.awt.geom.QuadCurve2D;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    Automaton automaton = new Automaton(new int[each.length][2], new boolean[each.length]);
    for (int s = 0; s < each.length; s++) {
      automaton.accepting[s] = each[s].charAt(0) == '+';
      automaton.next[s][0] = each[s].charAt(1) - '0';
      automaton.next[s][1] = each[s].charAt(2) - '0';
    }
    return automaton;
  }

  int size() {
    return next.length;
  }

  boolean accepts(String string) {
    int state = 0;
    for (char symbol : string.toCharArray()) {
      state = next[state][symbol - '0'];
    }
    return accepting[state];
  }

  /**
   * Returns the smallest automaton that accepts the same strings: without states that are never
   * reached, and with one state for those that no string tells apart (Moore, "Gedanken-experiments
   * on sequential machines", 1956).
   */
  Automaton minimal() {
    List<Integer> reached = new ArrayList<>(List.of(0)); // the nearest to the start first
    for (int i = 0; i < reached.size(); i++) {
      for (int to : next[reached.get(i)]) {
        if (!reached.contains(to)) {
          reached.add(to);
        }
      }
    }
    int[] group = new int[size()]; // equal for states that no string so far tells apart
    Arrays.setAll(group, s -> accepting[s] ? 1 : 0);
    Map<List<Integer>, Integer> groups = new HashMap<>();
    int before;
    do {
      before = groups.size();
      groups.clear();
      int[] finer = new int[size()];
      for (int s : reached) {
        List<Integer> key = List.of(group[s], group[next[s][0]], group[next[s][1]]);
        groups.putIfAbsent(key, groups.size());
        finer[s] = groups.get(key);
      }
      group = finer;
    } while (groups.size() > before);
    Automaton minimal = new Automaton(new int[before][], new boolean[before]);
    for (int s : reached) {
      minimal.accepting[group[s]] = accepting[s];
      minimal.next[group[s]] = new int[] {group[next[s][0]], group[next[s][1]]};
    }
    return minimal;
  }

  /**
   * Returns the shortest string that only one of two automata accepts, null if there is none: the
   * way to the nearest state of the product automaton in which only one of its two accepts.
   */
  String difference(Automaton other) {
    String[] way = new String[size() * other.size()];
    way[0] = "";
    Deque<Integer> queue = new ArrayDeque<>(List.of(0));
    while (!queue.isEmpty()) {
      int pair = queue.remove();
      int mine = pair / other.size();
      int theirs = pair % other.size();
      if (accepting[mine] != other.accepting[theirs]) {
        return way[pair];
      }
      for (int symbol = 0; symbol < 2; symbol++) {
        int to = next[mine][symbol] * other.size() + other.next[theirs][symbol];
        if (way[to] == null) {
          way[to] = way[pair] + symbol;
          queue.add(to);
        }
      }
    }
    return null;
  }

  /** Draws the states on a circle, the first at its top; accepting ones have two rings. */
  void draw(Graphics2D graphics, Point2D centre, double radius) {
    for (int s = 0; s < size(); s++) {
      Point2D from = place(s, centre, radius);
      for (int to : Arrays.stream(next[s]).distinct().toArray()) {
        String label = next[s][0] == next[s][1] ? "0,1" : next[s][0] == to ? "0" : "1";
        Point2D end = place(to, centre, radius);
        double angle = Math.atan2(end.getY() - from.getY(), end.getX() - from.getX());
        Point2D bend = move(move(from, angle, from.distance(end) / 2), angle - Math.PI / 2, 20);
        graphics.setColor(Color.GRAY);
        if (s == to) {
          bend = move(from, angle(s), 2.6 * NODE);
          graphics.draw(circle(move(from, angle(s), 1.2 * NODE), 0.75 * NODE));
        } else {
          double back = Math.atan2(bend.getY() - end.getY(), bend.getX() - end.getX());
          Point2D tip = move(end, back, NODE);
          graphics.draw(
              new QuadCurve2D.Double(
                  from.getX(), from.getY(), bend.getX(), bend.getY(), tip.getX(), tip.getY()));
          graphics.fill(
              new Arc2D.Double(
                  tip.getX() - 9,
                  tip.getY() - 9,
                  18,
                  18,
                  -Math.toDegrees(back) - 22,
                  44,
                  Arc2D.PIE));
        }
        graphics.setColor(Color.BLACK);
        graphics.drawString(
            label, (float) bend.getX() - 4 * label.length(), (float) bend.getY() + 4);
      }
    }
    for (int s = 0; s < size(); s++) {
      Point2D at = place(s, centre, radius);
      graphics.setColor(s == 0 ? new Color(0xFFF1C9) : Color.WHITE);
      graphics.fill(circle(at, NODE));
      graphics.setColor(Color.BLACK);
      graphics.draw(circle(at, NODE));
      graphics.draw(circle(at, accepting[s] ? NODE - 3 : NODE));
    }
  }

  private double angle(int state) {
    return 2 * Math.PI * state / size() - Math.PI / 2;
  }

  private Point2D place(int state, Point2D centre, double radius) {
    return move(centre, angle(state), size() == 1 ? 0 : radius);
  }

  private static Point2D move(Point2D from, double angle, double distance) {
    return new Point2D.Double(
        from.getX() + distance * Math.cos(angle), from.getY() + distance * Math.sin(angle));
  }

  private static Ellipse2D circle(Point2D at, double radius) {
    return new Ellipse2D.Double(at.getX() - radius, at.getY() - radius, 2 * radius, 2 * radius);
  }
}
