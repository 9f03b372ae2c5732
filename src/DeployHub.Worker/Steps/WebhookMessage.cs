using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeployHub.Worker.Steps;

/// <summary>A message signed as Standard Webhooks say (standardwebhooks.com).</summary>
/// <param name="Id">The same however often it is sent; holds no full stop.</param>
internal sealed record WebhookMessage(string Id, DateTimeOffset At, string Body)
{
    private const string Prefix = "whsec_";
    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="key">What the message is about; another one makes another id.</param>
    /// <param name="callback">Where the receiver reports the end; null when nobody waits for it.</param>
    public static WebhookMessage Of(string key, string type, IReadOnlyDictionary<string, string> data, DateTimeOffset at, WebhookCallback? callback = null) =>
        new($"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]}", at, JsonSerializer.Serialize(new { type, timestamp = at.UtcDateTime, data, callback }, Wire));

    /// <summary>Null when the secret is none.</summary>
    public HttpRequestMessage? Signed(string url, string secret)
    {
        if (KeyOf(secret) is not { Length: > 0 } key) return null;

        var seconds = At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("webhook-id", Id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Id}.{seconds}.{Body}")))}");
        return request;
    }

    /// <summary>For a receiver that whoever knows its address may post to. Null when the address is none.</summary>
    public HttpRequestMessage? Unsigned(string address) => Uri.TryCreate(address.Trim(), UriKind.Absolute, out var known) && known.Scheme is "https" or "http"
        ? new HttpRequestMessage(HttpMethod.Post, known) { Content = new StringContent(Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) }
        : null;

    /// <summary>The bytes that sign; null when the secret is none.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) ? key[..length] : null;
    }
}
