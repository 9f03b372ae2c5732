using System.Globalization;

namespace DeployHub.Domain.Models;

/// <summary>Where somebody listens: <c>host:port</c>, an IPv6 address in brackets.</summary>
/// <param name="Host">A name or an address, without brackets.</param>
public readonly record struct HostAndPort(string Host, int Port)
{
    /// <summary>Null when the text is none.</summary>
    public static HostAndPort? Parse(string text, int? defaultPort = null)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon > text.LastIndexOf(']') && (text.StartsWith('[') || text.IndexOf(':', StringComparison.Ordinal) == colon);
        var host = (hasPort ? text[..colon] : text).Trim('[', ']');
        var port = hasPort ? (int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0) : defaultPort ?? 0;
        return Uri.CheckHostName(host) is not UriHostNameType.Unknown && port is > 0 and < 65536 ? new HostAndPort(host, port) : null;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
