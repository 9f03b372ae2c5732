using System.Net.Http.Headers;
using System.Text;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>Sends the secret: <c>user:password</c> as Basic, anything else as the bearer token that it is, since no such token holds a colon.</summary>
internal sealed class SecretHeader(Uri origin, string secret) : IStoreCredential
{
    public Uri Origin => origin;

    /// <exception cref="StoreRefusedException">The secret cannot stand in a header.</exception>
    public static IStoreCredential? Of(StoreAccess store) => store.Secret switch
    {
        null => null,
        var secret when secret.Any(char.IsControl) => throw new StoreRefusedException($"the secret “{store.Store.Credential}” holds a line break or another control character, which no token does: store it again."),
        var secret => new SecretHeader(store.Address, secret),
    };

    public static bool IsUserAndPassword(string secret) => secret.Contains(':', StringComparison.Ordinal);

    public void ApplyTo(HttpRequestMessage message) => message.Headers.Authorization = IsUserAndPassword(secret)
        ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)))
        : new AuthenticationHeaderValue("Bearer", secret);
}
