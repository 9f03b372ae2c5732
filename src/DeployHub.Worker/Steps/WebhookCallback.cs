using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>
/// Where the receiver of a webhook reports the end, and what proves that it was asked. The token follows from the secret that both sides
/// know and from the attempt: it is the same however often the attempt is sent, and only its digest is ever stored.
/// </summary>
internal sealed record WebhookCallback(string Url, string Token, DateTimeOffset Deadline)
{
    private const string TokenPrefix = "dhr_";

    public static WebhookCallback Of(Uri address, byte[] key, StepContext context) => new(
        $"{address.AbsoluteUri.TrimEnd('/')}/api/v1/reports/{context.Report}",
        TokenPrefix + Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"report {context.Report} {context.Key}"))),
        context.StartedAt + (context.Timeout ?? TimeSpan.FromMinutes(15)));

    public CallbackTicket Ticket(bool isSent) => new(Domain.Digest.OfText(Token), isSent);

    /// <summary>A receiver that mirrors what it got must not publish the token.</summary>
    public string Without(string text) => text.Replace(Token, "•••", StringComparison.Ordinal);
}
