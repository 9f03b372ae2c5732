using System.Security.Cryptography;
using System.Text;
using DeployHub.Domain;
using DeployHub.Features.Access;
using DeployHub.Features.Pipeline;

namespace DeployHub.Web.Api;

/// <summary>
/// A POST that carries <c>Idempotency-Key</c> is done once: the same key with the same request gets the same answer for 24 hours, with
/// another request 422, while the first is still running 409. Keys belong to the caller who sent them.
/// </summary>
internal static class IdempotencyKeys
{
    public const string Header = "Idempotency-Key";

    public static async Task Answer(HttpContext http, RequestDelegate next)
    {
        var isIgnored = http.GetEndpoint()?.Metadata.GetMetadata<Ignored>() is not null;
        if (isIgnored || !HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var header))
        {
            await next(http);
            return;
        }

        var key = header.ToString();
        if (key.Length is 0 or > 255 || key.Any(letter => letter is < '!' or > '~'))
        {
            await Problem(StatusCodes.Status400BadRequest, "idempotency-key.malformed", "An Idempotency-Key has 1 to 255 printable characters without spaces; a random one such as a UUID is best.").ExecuteAsync(http);
            return;
        }

        var answers = http.RequestServices.GetRequiredService<IdempotentAnswers>();
        var identity = http.RequestServices.GetRequiredService<Caller>().Actor.Id;
        var request = await DigestOf(http.Request);
        var taken = await answers.TakeAsync(identity, key, request, http.RequestAborted);
        await (taken is null ? RunAsync(http, next, answers, identity, key) : Again(taken, request, http).ExecuteAsync(http));
    }

    private static async Task RunAsync(HttpContext http, RequestDelegate next, IdempotentAnswers answers, string identity, string key)
    {
        var answered = false;
        var body = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await next(http);
            answered = http.Response.StatusCode < StatusCodes.Status500InternalServerError;
        }
        finally
        {
            http.Response.Body = body;
            if (!answered) await answers.ReleaseAsync(identity, key); // Nothing was done, so the caller may try again with the same key.
        }

        if (answered) await answers.KeepAsync(identity, key, AnswerOf(http, buffer));
        buffer.Position = 0;
        await buffer.CopyToAsync(body, http.RequestAborted);
    }

    private static IdempotentAnswers.Answer AnswerOf(HttpContext http, MemoryStream body) =>
        new(http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.Location,
            http.GetEndpoint()?.Metadata.GetMetadata<Endpoints.ShowsSecret>() is null ? body.ToArray() : null);

    private static IResult Again(IdempotentAnswers.Taken taken, Digest request, HttpContext http)
    {
        if (taken.Request != request)
            return Problem(StatusCodes.Status422UnprocessableEntity, "idempotency-key.reused", "This Idempotency-Key was sent with another request before. Use a new key for every new request.");

        if (taken.Answer is null)
        {
            http.Response.Headers.RetryAfter = "1";
            return Problem(StatusCodes.Status409Conflict, "idempotency-key.still-running", "The first request with this Idempotency-Key is still running. Ask again in a moment, with the same key.");
        }

        return taken.Answer.Body is null
            ? Problem(StatusCodes.Status409Conflict, "idempotency-key.answer-not-kept", "This was done before. Its answer showed a secret once and was not kept; make a new one if you did not see it.")
            : new Replay(taken.Answer);
    }

    /// <summary>Over everything that says what is asked for; who asks is part of the key.</summary>
    private static async Task<Digest> DigestOf(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.Headers.IfMatch}\n{request.ContentType}\n"));
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;) hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return Digest.OfHash(hash.GetHashAndReset());
    }

    private static IResult Problem(int status, string code, string message) => ResultToHttp.Problem(new Error(ErrorKind.Conflict, code, message), status);

    /// <summary>Callers without a sign-in share one identity, and some senders choose keys as they like: the endpoint does whatever comes.</summary>
    internal sealed record Ignored;

    private sealed class Replay(IdempotentAnswers.Answer answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = answer.Status;
            http.Response.ContentType = answer.ContentType;
            http.Response.Headers.Location = answer.Location;
            http.Response.Headers["Idempotency-Replayed"] = "true";
            if (answer.Body is { Length: > 0 } body) await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }
}
