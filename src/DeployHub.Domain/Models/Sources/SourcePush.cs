using System.Security.Cryptography;
using System.Text;

namespace DeployHub.Domain.Models.Sources;

/// <summary>How a sender proves that it knows the secret.</summary>
public enum PushSender
{
    /// <summary>HMAC-SHA256 of the body, as <c>X-Hub-Signature-256</c>.</summary>
    GitHub,

    /// <summary>HMAC-SHA256 of the body, as <c>X-Gitea-Signature</c>.</summary>
    Gitea,

    /// <summary>The secret itself, as <c>X-Gitlab-Token</c>.</summary>
    GitLab,

    /// <summary>The secret itself, as a bearer token.</summary>
    Bearer,
}

/// <summary>
/// Somebody says that a repository changed. Only workers know secrets, so it is kept until one has judged it, and deleted then. A secret that
/// was sent is kept as its digest only, and a body only where it was signed.
/// </summary>
public sealed class SourcePush
{
    /// <summary>A larger body is refused: what was pushed is read from Git, not from here.</summary>
    public const int LargestBody = 1024 * 1024;

    /// <summary>Of one source that nobody has judged yet. Any of them asks for the same look.</summary>
    public const int MostWaiting = 20;

    private const int HexLength = 64;

    private SourcePush() { }

    public SourcePushId Id { get; private init; }

    public ModelSourceId SourceId { get; private init; }

    public PushSender Sender { get; private init; }

    /// <summary>64 hexadecimal digits: of the signature, or of the digest of what was sent as the secret.</summary>
    public string Proof { get; private init; } = "";

    /// <summary>What was signed; null where nothing is.</summary>
    public byte[]? Body { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>Refused with <c>model-source.push-not-proven</c> when the proof has no form that could be one.</summary>
    public static Result<SourcePush> Of(ModelSourceId source, PushSender sender, string proof, byte[] body, DateTimeOffset at)
    {
        var isSigned = sender is PushSender.GitHub or PushSender.Gitea;
        var hex = !isSigned ? Digest.OfText(proof).Hex : proof.StartsWith("sha256=", StringComparison.OrdinalIgnoreCase) ? proof["sha256=".Length..] : proof;
        if (proof.Length == 0 || hex.Length != HexLength || !hex.All(char.IsAsciiHexDigit)) return ModelSourceErrors.PushNotProven;

        return new SourcePush { Id = SourcePushId.New(), SourceId = source, Sender = sender, Proof = hex.ToLowerInvariant(), Body = isSigned ? body : null, At = at };
    }

    /// <summary>Takes equally long whatever is wrong.</summary>
    public bool IsProvenBy(string secret)
    {
        if (secret.Length == 0) return false;

        var expected = Body is { } signed ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed) : SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        return CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(Proof));
    }
}
