using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace DeployHub.IntegrationTests.Stores;

/// <summary>A bucket that works every signature out anew from the request as it came, by the words of Amazon's documentation and not by our code.</summary>
internal static partial class StrictBucket
{
    /// <summary>Why the request is not signed as it must be; null when it is.</summary>
    public static string? Objection(RawRequest request, string keyId, string key, string region)
    {
        if (Authorization().Match(request["authorization"] ?? "") is not { Success: true } said) return "AccessDenied";
        if (said.Groups["key"].Value != keyId) return "InvalidAccessKeyId";
        if (said.Groups["region"].Value != region) return "AuthorizationHeaderMalformed";
        if (!DateTimeOffset.TryParseExact(request["x-amz-date"], "yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || (DateTimeOffset.UtcNow - at).Duration() > TimeSpan.FromMinutes(15)) return "RequestTimeTooSkewed";
        if (request["x-amz-content-sha256"] != Hex(SHA256.HashData([]))) return "XAmzContentSHA256Mismatch";

        var names = said.Groups["headers"].Value.Split(';');
        if (!names.Contains("host") || request.Headers.Keys.Any(name => name.StartsWith("x-amz-", StringComparison.Ordinal) && !names.Contains(name))) return "HeadersNotSigned";

        var canonical = new StringBuilder().Append(request.Method).Append('\n').Append(Encoded(request.Path)).Append("\n\n");
        foreach (var name in names) canonical.Append(name).Append(':').Append(request[name]).Append('\n');
        canonical.Append('\n').Append(said.Groups["headers"].Value).Append('\n').Append(request["x-amz-content-sha256"]);
        var toSign = $"AWS4-HMAC-SHA256\n{request["x-amz-date"]}\n{said.Groups["day"].Value}/{region}/s3/aws4_request\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var secret = Encoding.UTF8.GetBytes("AWS4" + key);
        foreach (var part in (string[])[said.Groups["day"].Value, region, "s3", "aws4_request"]) secret = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part));
        return Hex(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(toSign))) == said.Groups["signature"].Value ? null : "SignatureDoesNotMatch";
    }

    /// <summary>The key, read from the path and written again as Amazon would write it.</summary>
    private static string Encoded(string path)
    {
        var written = new StringBuilder();
        foreach (var sign in Encoding.UTF8.GetBytes(Uri.UnescapeDataString(path)))
            written.Append(sign is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~' or (byte)'/' ? ((char)sign).ToString() : $"%{sign:X2}");
        return written.ToString();
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex(@"^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<day>\d{8})/(?<region>[^/]+)/s3/aws4_request, ?SignedHeaders=(?<headers>[a-z0-9;-]+), ?Signature=(?<signature>[0-9a-f]{64})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Authorization();
}
