package dev.kurator.backup.provider.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The hub's API in memory, which may refuse patches and writes of statuses. */
final class FakeHub extends KubernetesCrudDispatcher {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String OURS = "/apis/velero.m.kurator.dev/";

  /** What tells one write to an object from another. */
  private static final Pattern PARTS =
      Pattern.compile(
          "finalizers|\"op\":\"[a-z]+\"|external-[a-z-]+|\"(phase|reason)\":\"[A-Za-z]+\"");

  private static final Pattern FROM = Pattern.compile("[?&]resourceVersion=([0-9]+)");

  private static final String TOO_OLD =
      """
      {"type": "ERROR", "object": {"apiVersion": "v1", "kind": "Status", "status": "Failure",
       "reason": "Expired", "message": "too old resource version", "code": 410}}
      """;

  /** The last deletion of each kind. */
  private final Map<String, Long> deleted = new ConcurrentHashMap<>();

  private final ReentrantLock writes = new ReentrantLock();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile @Nullable String refusal;
  private volatile @Nullable String refusedStatus;
  private volatile Map.@Nullable Entry<String, String> replacement;
  private volatile @Nullable String forbidden;
  private volatile @Nullable String terminating;
  private volatile int code = HttpURLConnection.HTTP_CONFLICT;

  private volatile @Nullable Refusal firstOfEach;

  /** Kinds of write that were refused, each with what it was about. */
  private final Set<String> refusedKinds = ConcurrentHashMap.newKeySet();

  /** How a write of the provider's fails. */
  enum Refusal {
    conflict(HttpURLConnection.HTTP_CONFLICT, false),
    forbidden(HttpURLConnection.HTTP_FORBIDDEN, false),
    invalid(422, false),
    failure(HttpURLConnection.HTTP_INTERNAL_ERROR, false),
    /** It is done, and whoever wrote is told otherwise. */
    doneAndFailure(HttpURLConnection.HTTP_INTERNAL_ERROR, true),
    doneAndForbidden(HttpURLConnection.HTTP_FORBIDDEN, true);

    private final int code;
    private final boolean done;

    Refusal(int code, boolean done) {
      this.code = code;
      this.done = done;
    }
  }

  /** What was written to objects of our kinds, by path. */
  private final Map<String, String> states = new ConcurrentHashMap<>();

  private volatile Consumer<String> listener = path -> {};

  /** Is told the path of each object of ours that is written or gone, once it is so. */
  void listener(Consumer<String> listener) {
    this.listener = listener;
  }

  /** An object of ours without a request; null where there is none of that path. */
  @Nullable String state(String path) {
    return states.get(path);
  }

  /** From now on this is what is at a path, whatever was created there. */
  void serve(String path, HasMetadata object) {
    states.put(path, Serialization.asJson(object));
  }

  @Override
  public void processEvent(
      String path,
      AttributeSet attributes,
      @Nullable AttributeSet before,
      @Nullable GenericKubernetesResource resource,
      @Nullable String state) {
    if (state == null && before != null) {
      deleted.put(kind(path), requestResourceVersion());
      getMap().computeIfPresent(before, (key, last) -> newer(last));
    }
    super.processEvent(path, attributes, before, resource, state);
    if (path.startsWith(OURS)) {
      String object =
          before == null && resource != null
              ? path + "/" + resource.getMetadata().getName()
              : object(path);
      if (state == null) {
        states.remove(object);
      } else {
        states.put(object, state);
      }
      listener.accept(object);
    }
  }

  /**
   * A watch from before the last deletion has to list anew: the server in memory would not tell it
   * what went meanwhile, as an API server does.
   */
  @Override
  public MockResponse handleWatch(String path) {
    Matcher from = FROM.matcher(path);
    if (!from.find() || Long.parseLong(from.group(1)) >= deleted.getOrDefault(kind(path), 0L)) {
      return super.handleWatch(path);
    }
    return new MockResponse()
        .withWebSocketUpgrade(
            new WebSocketListener() {
              @Override
              public void onOpen(WebSocket socket, Response response) {
                socket.send(TOO_OLD);
              }
            });
  }

  /** What its objects are, in any namespace. */
  private static String kind(String path) {
    return path.replaceAll("\\?.*|.*/v1alpha1/|namespaces/[^/]*/", "").replaceFirst("/.*", "");
  }

  /**
   * The end of an object is a version of its own. The server in memory would tell of it with the
   * last version, which for a watch is a step back: the framework then takes an older state for the
   * newest.
   */
  private String newer(String last) {
    try {
      ObjectNode object = (ObjectNode) JSON.readTree(last);
      object
          .withObject("/metadata")
          .put("resourceVersion", String.valueOf(requestResourceVersion()));
      return object.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the hub keeps JSON only", e);
    }
  }

  /** Patches with that text are refused; null for none. */
  void refuse(@Nullable String text) {
    refuse(text, HttpURLConnection.HTTP_CONFLICT);
  }

  /** The same with another HTTP status. */
  void refuse(@Nullable String text, int code) {
    this.code = code;
    refusal = text;
  }

  /** Writes of that resource's status, as {@code velerobackups/backup}, are lost; null for none. */
  void refuseStatus(@Nullable String resource) {
    refuseStatus(resource, HttpURLConnection.HTTP_CONFLICT);
  }

  /** The same with another HTTP status. */
  void refuseStatus(@Nullable String resource, int code) {
    this.code = code;
    refusedStatus = resource;
  }

  /** How many were refused. */
  int refused() {
    return refused.get();
  }

  /** Without a search through all that is there. */
  @Override
  public MockResponse handleGet(String path) {
    String state = states.get(path);
    return state == null
        ? super.handleGet(path)
        : new MockResponse().setResponseCode(HttpURLConnection.HTTP_OK).setBody(state);
  }

  @Override
  public MockResponse handleUpdate(RecordedRequest request) {
    writes.lock();
    try {
      if (isRefusedStatus(request)) {
        return refusal();
      }
      return isStale(request) ? conflict() : super.handleUpdate(request);
    } finally {
      writes.unlock();
    }
  }

  /**
   * The next patch with that text is done, but answered with a conflict, and by then somebody has
   * made another object of that name.
   *
   * @param anew the other object
   */
  void replaceAtPatch(String text, HasMetadata anew) {
    replacement = Map.entry(text, Serialization.asJson(anew));
  }

  /** Lists and watches of what is at that path are forbidden from now on; null for none. */
  void forbid(@Nullable String path) {
    forbidden = path;
  }

  /**
   * From now on the first write of each kind to each object fails: of a finalizer, of each
   * annotation, of the status with each phase, and of each Event.
   */
  void refuseFirstOfEach(Refusal refusal) {
    firstOfEach = refusal;
  }

  /** The kinds of write that failed so, as {@code PATCH …/velerobackups/backup finalizers}. */
  Set<String> refusedKinds() {
    return Set.copyOf(refusedKinds);
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    Refusal first = firstOfEach;
    Optional<String> kind = first == null ? Optional.empty() : kindOfWrite(request);
    if (first != null && kind.isPresent() && refusedKinds.add(kind.get())) {
      if (first.done) {
        super.dispatch(request);
      }
      return new MockResponse().setResponseCode(first.code);
    }
    String path = forbidden;
    return path != null && request.method() == HttpMethod.GET && request.getPath().contains(path)
        ? new MockResponse().setResponseCode(HttpURLConnection.HTTP_FORBIDDEN)
        : super.dispatch(request);
  }

  @Override
  public MockResponse handlePatch(RecordedRequest request) {
    String body = body(request);
    writes.lock();
    try {
      Map.Entry<String, String> planned = replacement;
      if (planned != null && body.contains(planned.getKey())) {
        replacement = null;
        super.handlePatch(request);
        super.handleCreate(creation(request, planned.getValue()));
        return conflict();
      }
      if (refusal != null && body.contains(refusal)) {
        return refusal();
      }
      if (isStale(request)) {
        return conflict();
      }
      MockResponse before = handleGet(object(request));
      MockResponse after = super.handlePatch(request);
      // the last finalizer went, and the object with it: an API server answers with the object
      return after.code() == HttpURLConnection.HTTP_ACCEPTED && after.getBody().size() == 0
          ? before
          : after;
    } finally {
      writes.unlock();
    }
  }

  /** Nothing can be made in a namespace any more, as its deletion has begun. */
  void terminate(String namespace) {
    terminating = namespace;
  }

  @Override
  public MockResponse handleCreate(RecordedRequest request) {
    String namespace = terminating;
    if (namespace != null && request.getPath().contains("/namespaces/" + namespace + "/")) {
      // k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle
      String message =
          "configmaps \"x\" is forbidden: unable to create new content in namespace "
              + namespace
              + " because it is being terminated";
      return new MockResponse()
          .setResponseCode(HttpURLConnection.HTTP_FORBIDDEN)
          .setBody(Serialization.asJson(new StatusBuilder().withMessage(message).build()));
    }
    writes.lock();
    try {
      return super.handleCreate(request);
    } finally {
      writes.unlock();
    }
  }

  @Override
  public MockResponse handleDelete(String path) {
    writes.lock();
    try {
      return super.handleDelete(path);
    } finally {
      writes.unlock();
    }
  }

  /**
   * Whether a write is for a version that is no more. The server in memory would take it and, since
   * it has no clock but that version, hide what changed in between from whoever wrote.
   */
  private boolean isStale(RecordedRequest request) {
    String wanted = version(body(request));
    if (wanted.isEmpty()) {
      return false;
    }
    MockResponse now = handleGet(object(request));
    return now.code() == HttpURLConnection.HTTP_OK
        && !wanted.equals(version(new String(now.getBody().getBytes(), StandardCharsets.UTF_8)));
  }

  /** The version that a body is about; of a JSON patch, the one that it tests. */
  private static String version(String body) {
    try {
      JsonNode tree = JSON.readTree(body);
      for (JsonNode operation : tree.isArray() ? tree : JSON.createArrayNode()) {
        if (operation.path("path").asText().equals("/metadata/resourceVersion")) {
          return operation.path("value").asText();
        }
      }
      return tree.path("metadata").path("resourceVersion").asText("");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the hub gets JSON only", e);
    }
  }

  /** Of what the provider writes: the test makes and deletes objects of our kinds itself. */
  private static Optional<String> kindOfWrite(RecordedRequest request) {
    String path = request.getPath().replaceFirst("[?].*", "");
    boolean ours =
        path.startsWith(OURS)
            && (request.method() == HttpMethod.PATCH || request.method() == HttpMethod.PUT);
    boolean event = path.endsWith("/events") && request.method() == HttpMethod.POST;
    if (!ours && !event) {
      return Optional.empty();
    }
    String parts =
        PARTS
            .matcher(body(request))
            .results()
            .map(MatchResult::group)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    return Optional.of(request.method() + " " + path + " " + parts);
  }

  private static RecordedRequest creation(RecordedRequest request, String body) {
    return new RecordedRequest(
        "HTTP/1.1",
        HttpMethod.POST,
        object(request).replaceFirst("/[^/]*$", ""),
        request.getHeaders(),
        new Buffer(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String object(RecordedRequest request) {
    return object(request.getPath());
  }

  private static String object(String path) {
    return path.replaceFirst("[?].*", "").replaceFirst("/status$", "");
  }

  private static String body(RecordedRequest request) {
    return new String(request.getBody().getBytes(), StandardCharsets.UTF_8);
  }

  private static MockResponse conflict() {
    return new MockResponse().setResponseCode(HttpURLConnection.HTTP_CONFLICT);
  }

  private boolean isRefusedStatus(RecordedRequest request) {
    return refusedStatus != null && request.getPath().endsWith(refusedStatus + "/status");
  }

  private MockResponse refusal() {
    refused.incrementAndGet();
    return new MockResponse().setResponseCode(code);
  }
}
