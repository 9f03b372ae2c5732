using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Haproxy(ModelContent model, SwitchHaproxyServer haproxy) =>
    [
        .. ServerOfHaproxy(haproxy.Addresses, haproxy.Backend, haproxy.Server),
        .. When(haproxy.State is null && haproxy.Weight is null, "state", "say which state or which weight the server shall have."),
        .. When(haproxy.Weight is { } weight && !IsFilledLater(weight) && !IsWeight(weight), "weight", "must be from 0 to 256, or a share from 0% to 100%."),
        .. Time(model, "within", haproxy.Within),
    ];

    private static IEnumerable<(string, string, string)> Haproxy(ModelContent model, CheckHaproxyServer haproxy) =>
        [.. ServerOfHaproxy(haproxy.Addresses, haproxy.Backend, haproxy.Server), .. Time(model, "within", haproxy.Within), .. Time(model, "every", haproxy.Every)];

    private static IEnumerable<(string, string, string)> ServerOfHaproxy(IReadOnlyList<string> addresses, string backend, string server) =>
    [
        .. When(addresses.Count == 0 || addresses.Any(address => !IsFilledLater(address) && !RuntimeAddress().IsMatch(address)), "addresses", "each is host:port or the path of a socket, and there is at least one."),
        .. When(!IsFilledLater(backend) && !HaproxyName().IsMatch(backend), "backend", "is no name that HAProxy knows: letters, digits and . _ : - only."),
        .. When(!IsFilledLater(server) && !HaproxyName().IsMatch(server), "server", "is no name that HAProxy knows: letters, digits and . _ : - only."),
    ];

    private static IEnumerable<(string, string, string)> Nginx(SwitchNginxUpstream nginx) =>
    [
        .. When(nginx.File.Length == 0 || nginx.File.EndsWith('/') || nginx.File.Split('/').Contains("..") || nginx.File.Any(char.IsControl), "file", "must be the path of a file, without “..”."),
        .. When(string.IsNullOrWhiteSpace(nginx.Content), "content", "say what the file shall say."),
        .. When(string.IsNullOrWhiteSpace(nginx.Test), "test", "a configuration is never reloaded untested."),
        .. When(string.IsNullOrWhiteSpace(nginx.Reload), "reload", "say how nginx is told to read its configuration again."),
    ];

    private static bool IsWeight(string text) =>
        text.EndsWith('%') ? int.TryParse(text[..^1], out var share) && share is >= 0 and <= 100 : int.TryParse(text, out var weight) && weight is >= 0 and <= 256;

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]+\z")]
    private static partial Regex HaproxyName();

    [GeneratedRegex(@"^(/\S+|\S+:[0-9]{1,5})\z")]
    private static partial Regex RuntimeAddress();
}
