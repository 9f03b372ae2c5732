using System.Net.Http.Headers;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>One question to a store, from which a message is made anew for every try: a signature has to be fresh.</summary>
/// <param name="Store">Whose registered host decides which internal addresses may be reached.</param>
internal sealed record StoreRequest(StoreAccess Store, Uri Address, IStoreCredential? Credential = null)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Media types, the preferred first.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>From which byte on, and of which content.</summary>
    public (long From, EntityTagHeaderValue Tag)? Rest { get; init; }

    /// <param name="address">Where a redirect led.</param>
    public HttpRequestMessage MessageTo(Uri address)
    {
        var message = new HttpRequestMessage(Method, address);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("DeployHub", null));
        foreach (var type in Accept) message.Headers.Accept.ParseAdd(type);
        if (Rest is var (from, tag))
        {
            message.Headers.Range = new RangeHeaderValue(from, null);
            message.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }

        if (Credential is not null && IsOneOrigin(Credential.Origin, address)) Credential.ApplyTo(message);
        return message;
    }

    public static bool IsOneOrigin(Uri one, Uri other) => Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
