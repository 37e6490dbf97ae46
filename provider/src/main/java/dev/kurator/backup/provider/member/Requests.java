package dev.kurator.backup.provider.member;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.function.Consumer;

/**
 * Tells of every request of a client; watches are told of once, when they begin.
 *
 * @param told the HTTP method
 */
public record Requests(Consumer<String> told) implements Interceptor {

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    told.accept(request.method());
  }
}
