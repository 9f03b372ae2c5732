using System.Text.RegularExpressions;

namespace DeployHub.Domain.Models.Sources;

public enum RepositoryKind
{
    Https,
    Ssh,

    /// <summary>A folder on the worker's own disk.</summary>
    File,
}

/// <summary>Where a Git repository is. Nothing secret stands in it, and nothing that Git would take for an option or for a command.</summary>
/// <param name="Text">As Git takes it.</param>
/// <param name="Path">On the server, or on the worker's disk.</param>
/// <param name="Host">Empty for a folder.</param>
/// <param name="Port">0 for a folder.</param>
/// <param name="User">As whom SSH signs in; empty for every other kind.</param>
public sealed partial record RepositoryAddress(RepositoryKind Kind, string Text, string Path, string Host = "", int Port = 0, string User = "")
{
    public const int LongestText = 500;

    private const string Forms = "Write https://host/path, ssh://user@host/path or user@host:path.";

    /// <summary>Refused with <c>model-source.address</c> saying what is wrong with it.</summary>
    public static Result<RepositoryAddress> Parse(string? text) => text switch
    {
        null or "" => Refused($"Say where the repository is. {Forms}"),
        { Length: > LongestText } => Refused($"Use at most {LongestText} characters."),
        _ when text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)) => Refused("An address has no spaces and no control characters."),
        _ when text.StartsWith("https://", StringComparison.Ordinal) => OfHttps(text),
        _ when text.StartsWith("http://", StringComparison.Ordinal) => Refused("Over http:// anybody on the way could write your models. Use https:// or SSH."),
        _ when text.StartsWith("ssh://", StringComparison.Ordinal) => OfSsh(text),
        _ when text.StartsWith("file://", StringComparison.Ordinal) => OfFile(text),
        _ when ShortForm().Match(text) is { Success: true, Groups: var parts } => new RepositoryAddress(RepositoryKind.Ssh, text, parts["path"].Value, parts["host"].Value, 22, parts["user"].Value),
        _ => Refused($"“{text}” is no address of a repository. {Forms}"),
    };

    private static Result<RepositoryAddress> OfHttps(string text)
    {
        if (!IsAddress(text, out var address)) return Refused($"“{text}” is no address of a repository. {Forms}");
        if (address.UserInfo.Length > 0) return Refused("A user or a token does not belong in an address: put it into a secret and name that.");
        if (address.Query.Length > 0 || address.Fragment.Length > 0) return Refused("The address of a repository has no query and no fragment.");

        return new RepositoryAddress(RepositoryKind.Https, text, address.AbsolutePath, address.IdnHost, address.Port);
    }

    private static Result<RepositoryAddress> OfSsh(string text)
    {
        if (!IsAddress(text, out var address)) return Refused($"“{text}” is no address of a repository. {Forms}");
        if (address.UserInfo.Contains(':', StringComparison.Ordinal)) return Refused("A password does not belong in an address: put it into a secret and name that.");
        if (!Account().IsMatch(address.UserInfo)) return Refused("Say as whom to sign in: ssh://git@host/path.");

        return new RepositoryAddress(RepositoryKind.Ssh, text, address.AbsolutePath, address.IdnHost, address.Port is -1 ? 22 : address.Port, address.UserInfo);
    }

    private static Result<RepositoryAddress> OfFile(string text)
    {
        var path = text["file://".Length..];
        return path.StartsWith('/') && path.Length > 1 && !path.Contains('%', StringComparison.Ordinal) && !path.Split('/').Any(part => part is "." or "..")
            ? new RepositoryAddress(RepositoryKind.File, text, path)
            : Refused("Write the folder's absolute path behind file://, without “..” and without “%”.");
    }

    private static bool IsAddress(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!) && address.AbsolutePath.Length > 1
        && address.Host.Length > 0 && address.Host[0] != '-' && Uri.CheckHostName(address.IdnHost) is not UriHostNameType.Unknown;

    private static Error Refused(string sentence) => Error.Invalid("model-source.address", nameof(SourceSettings.Repository), sentence);

    [GeneratedRegex(@"^(?<user>[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})@(?<host>[A-Za-z0-9][A-Za-z0-9.-]{0,252}):(?<path>[^-:][^:]*)\z")]
    private static partial Regex ShortForm();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\z")]
    private static partial Regex Account();
}
