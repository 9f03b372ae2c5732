using System.Net.Http.Headers;
using System.Text;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>
/// What a registry asks for when it refuses: a token from its realm, or user and password. The secret goes to the registry and to a realm
/// that is HTTPS or the registry itself, nowhere else.
/// </summary>
internal sealed class RegistryToken(StoreHttp http, StoreAccess store, string repository) : IStoreCredential
{
    private const int LargestAnswer = 256 * 1024;

    private AuthenticationHeaderValue? _header = store.Secret is { } secret && !SecretHeader.IsUserAndPassword(secret) ? new AuthenticationHeaderValue("Bearer", secret) : null;

    public Uri Origin => store.Address;

    public void ApplyTo(HttpRequestMessage message) => message.Headers.Authorization = _header;

    public async Task<bool> AnswerAsync(HttpResponseMessage refusal, CancellationToken cancellationToken)
    {
        var challenges = refusal.Headers.WwwAuthenticate;
        var before = _header;
        if (challenges.FirstOrDefault(challenge => Is(challenge, "Bearer")) is { } bearer && BearerChallenge.Parse(bearer.Parameter) is { } asked)
            _header = new AuthenticationHeaderValue("Bearer", await FetchAsync(asked, cancellationToken));
        else if (challenges.Any(challenge => Is(challenge, "Basic")) && store.Secret is { } secret && SecretHeader.IsUserAndPassword(secret))
            _header = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)));

        return !Equals(before, _header);
    }

    private async Task<string> FetchAsync(BearerChallenge asked, CancellationToken cancellationToken)
    {
        if (asked.Realm.Scheme is not "https" && !StoreRequest.IsOneOrigin(asked.Realm, store.Address))
            throw new StoreRefusedException($"the registry sends to {Shown.Address(asked.Realm)} for a token, which is not HTTPS, so nothing secret goes there. Let the registry name an https realm.");

        var address = asked.TokenFor(repository);
        var request = new StoreRequest(store, address, store.Secret is { } secret ? new SecretHeader(asked.Realm, secret) : null) { Accept = ["application/json"] };
        var answer = StoreJson.Parse(await http.ReadAsync(request, LargestAnswer, cancellationToken), $"What {Shown.Address(asked.Realm)} answered");
        return (answer.Text("token") ?? answer.Text("access_token")) is { Length: > 0 } token && !token.Any(char.IsControl)
            ? token
            : throw new StoreRefusedException($"{Shown.Address(asked.Realm)} gave no token for the repository {repository}.");
    }

    private static bool Is(AuthenticationHeaderValue challenge, string scheme) => challenge.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);
}
