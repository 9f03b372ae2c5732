using DeployHub.Domain;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Models.Sources;

namespace DeployHub.Web.Api;

/// <summary>What a Git server sends after a push: any body, with the header by which that server proves who it is.</summary>
internal static class PushBody
{
    private const string Bearer = "Bearer ";

    private static readonly (string Header, PushSender Sender)[] Proofs =
        [("X-Hub-Signature-256", PushSender.GitHub), ("X-Gitea-Signature", PushSender.Gitea), ("X-Gitlab-Token", PushSender.GitLab)];

    private static readonly Error TooLarge = new(ErrorKind.Invalid, "request.too-large", $"A push has at most {SourcePush.LargestBody / 1024} KiB.");

    /// <summary>202 without a word whatever comes of it; only what could be no push at all is refused.</summary>
    public static async Task<IResult> ReadAsync(HttpRequest request, string key, Func<ReportPush, Task<Result>> send)
    {
        if (ProofOf(request) is not ({ } sender, { } proof)) return ResultToHttp.Problem(ModelSourceErrors.PushNotProven, StatusCodes.Status401Unauthorized);

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted); // the server ends what is too large
        if (body.Length > SourcePush.LargestBody) return ResultToHttp.Problem(TooLarge, StatusCodes.Status413PayloadTooLarge);

        return (await send(new ReportPush(key, sender, proof, body.ToArray()))).Match<IResult>(() => TypedResults.StatusCode(StatusCodes.Status202Accepted), ResultToHttp.Problem);
    }

    private static (PushSender? Sender, string? Proof) ProofOf(HttpRequest request)
    {
        foreach (var (header, sender) in Proofs)
            if (request.Headers[header].ToString() is { Length: > 0 } proof) return (sender, proof.Trim());

        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? (PushSender.Bearer, authorization[Bearer.Length..].Trim()) : (null, null);
    }
}
