using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>Signs requests without a body to S3 (AWS Signature Version 4).</summary>
internal sealed class SignatureV4(Uri origin, string keyId, string key, string? sessionToken, string region, TimeProvider clock) : IStoreCredential
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private static readonly string HashOfNothing = Convert.ToHexStringLower(SHA256.HashData([]));

    public Uri Origin => origin;

    /// <exception cref="StoreRefusedException">The secret has another form.</exception>
    public static SignatureV4 Of(StoreAccess store, TimeProvider clock) => store.Secret!.Split(':', 3) switch
    {
        [{ Length: > 0 } keyId, { Length: > 0 } key] => new(store.Address, keyId, key, null, store.Store.Region ?? "us-east-1", clock),
        [{ Length: > 0 } keyId, { Length: > 0 } key, { Length: > 0 } token] => new(store.Address, keyId, key, token, store.Store.Region ?? "us-east-1", clock),
        _ => throw new StoreRefusedException($"the secret “{store.Store.Credential}” opens no S3 store: it has to hold accessKeyId:secretAccessKey, with a session token behind another colon if there is one."),
    };

    public void ApplyTo(HttpRequestMessage message)
    {
        var at = clock.GetUtcNow();
        var (second, day) = (at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), at.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        var address = message.RequestUri!;
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = address.HostNameType is UriHostNameType.IPv6 ? address.Authority : address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}",
            ["x-amz-content-sha256"] = HashOfNothing,
            ["x-amz-date"] = second,
        };
        if (sessionToken is not null) signed["x-amz-security-token"] = sessionToken;
        foreach (var (name, value) in signed) message.Headers.TryAddWithoutValidation(name, value);

        var names = string.Join(';', signed.Keys);
        var canonical = $"{message.Method}\n{address.AbsolutePath}\n{Canonical(address.Query)}\n{string.Concat(signed.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{HashOfNothing}";
        var scope = $"{day}/{region}/s3/aws4_request";
        var signature = Convert.ToHexStringLower(Mac(SigningKey(day), $"{Algorithm}\n{second}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}"));
        message.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={keyId}/{scope},SignedHeaders={names},Signature={signature}");
    }

    private static string Canonical(string query) => string.Join('&', query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Contains('=', StringComparison.Ordinal) ? part : $"{part}=").Order(StringComparer.Ordinal));

    private byte[] SigningKey(string day) => Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes($"AWS4{key}"), day), region), "s3"), "aws4_request");

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
