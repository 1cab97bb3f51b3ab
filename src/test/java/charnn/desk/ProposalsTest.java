package charnn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.registry.EngineType;
import charnn.model.Models;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProposalsTest {
  @Test
  void anyFailureIsAnAnswer() throws InterruptedException {
    BlockingQueue<Proposals.Answer> answers = new LinkedBlockingQueue<>();
    try (ThreadTeam workers = new ThreadTeam(1)) {
      SingleModel model =
          new SingleModel(EngineType.SCALAR.create(workers), Models.random("ab \n", 4, 1));
      Proposer failing =
          new Proposer(
              model,
              text -> {
                throw new StackOverflowError();
              },
              1);
      try (Proposals proposals = new Proposals(failing, answers::add)) {
        proposals.start();
        proposals.request(
            new Proposals.Request(7, Context.of("ab", 2), "", new Proposer.Settings(1, 2, 0)));
        Proposals.Answer answer = answers.poll(1, TimeUnit.MINUTES);
        assertThat(answer.number()).isEqualTo(7);
        assertThat(answer.failure()).isInstanceOf(StackOverflowError.class);
      }
    }
  }
}
