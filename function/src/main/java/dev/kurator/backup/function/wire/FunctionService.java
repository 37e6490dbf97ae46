package dev.kurator.backup.function.wire;

import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import io.grpc.stub.StreamObserver;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gRPC service: logs, counts, and turns even our own mistakes into FATAL results. */
final class FunctionService extends FunctionRunnerServiceGrpc.FunctionRunnerServiceImplBase {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionService.class);

  private final Runner runner;
  private final CallMetrics metrics;
  private final Admission admission = new Admission();

  FunctionService(Runner runner, CallMetrics metrics) {
    this.runner = runner;
    this.metrics = metrics;
  }

  @Override
  public void runFunction(
      RunFunctionRequest request, StreamObserver<RunFunctionResponse> responses) {
    long begin = System.nanoTime();
    RunFunctionResponse response =
        admission.admit(request.getSerializedSize(), () -> answer(request));
    metrics.record(response, System.nanoTime() - begin);
    logKeys(request, response);
    responses.onNext(response);
    responses.onCompleted();
  }

  private RunFunctionResponse answer(RunFunctionRequest request) {
    try {
      return runner.run(request);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("cannot answer the call", e);
      Answer answer = Answer.to(request);
      answer.refuse("function-fleet-backup failed, which is a defect of it: " + e);
      return answer.build();
    }
  }

  /** Keys only: what resources hold is nobody's business here. */
  private static void logKeys(RunFunctionRequest request, RunFunctionResponse response) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "call {}: observed {}, required {}; desired {}, required {}, ttl {} s, results {}",
          request.getMeta().getTag(),
          new TreeSet<>(request.getObserved().getResourcesMap().keySet()),
          new TreeSet<>(request.getRequiredResourcesMap().keySet()),
          new TreeSet<>(response.getDesired().getResourcesMap().keySet()),
          new TreeSet<>(response.getRequirements().getResourcesMap().keySet()),
          response.getMeta().getTtl().getSeconds(),
          response.getResultsCount());
    }
  }
}
