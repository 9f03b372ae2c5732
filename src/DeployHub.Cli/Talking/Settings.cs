using System.CommandLine;

namespace DeployHub.Cli.Talking;

/// <summary>Which server, and as whom.</summary>
/// <param name="Limit">How long one request may take.</param>
internal sealed record Settings(Uri Server, string Token, TimeSpan Limit)
{
    public const string Json = "json";

    private const string ServerVariable = "DEPLOYHUB_SERVER";
    private const string TokenVariable = "DEPLOYHUB_TOKEN";

    public static readonly Option<string> Output = Choice("--output", "How results are written.", "text", Json);

    private static readonly Option<string?> ServerOption = new("--server")
    {
        Recursive = true,
        HelpName = "address",
        Description = $"Where DeployHub is, such as https://deployhub.example.org (default: {ServerVariable}).",
    };

    private static readonly Option<string?> TokenFile = new("--token-file")
    {
        Recursive = true,
        HelpName = "file",
        Description = $"A file that holds your token (default: the token itself in {TokenVariable}).",
    };

    private static readonly Option<int> Seconds = new("--timeout")
    {
        Recursive = true,
        HelpName = "seconds",
        Description = "How long one request may take.",
        DefaultValueFactory = _ => 60,
    };

    /// <summary>Those of every command.</summary>
    public static readonly IReadOnlyList<Option> Options = [ServerOption, TokenFile, Output, Seconds];

    public static Settings Of(ParseResult parsed) =>
        Of(parsed.GetValue(ServerOption), parsed.GetValue(TokenFile), parsed.GetValue(Seconds), Environment.GetEnvironmentVariable, ReadFile);

    /// <summary>A token is in a file or in the environment, never on a command line, which others on the machine can read.</summary>
    internal static Settings Of(string? server, string? tokenFile, int seconds, Func<string, string?> variable, Func<string, string> read)
    {
        var address = server ?? variable(ServerVariable);
        if (string.IsNullOrWhiteSpace(address)) throw Refusal.Misused($"Say where DeployHub is: --server https://deployhub.example.org, or {ServerVariable}.");
        if (seconds is < 1 or > 3600) throw Refusal.Misused("--timeout is between 1 and 3600 seconds.");

        var token = (tokenFile is null ? variable(TokenVariable) : read(tokenFile))?.Trim();
        if (string.IsNullOrEmpty(token))
            throw Refusal.Misused($"Put your token into {TokenVariable}, or into a file that --token-file names. You make one at {AddressOf(address)}account/tokens.");
        if (token.Any(letter => letter is < '!' or > '~')) throw Refusal.Misused("The token has characters that no token has; nothing but the token belongs there.");

        return new Settings(AddressOf(address), token, TimeSpan.FromSeconds(seconds));
    }

    /// <summary>With a slash at its end, so that everything else is below it.</summary>
    private static Uri AddressOf(string address) =>
        Uri.TryCreate(address.Trim().TrimEnd('/') + "/", UriKind.Absolute, out var server) && server is { Scheme: "https" or "http", UserInfo: "", Query: "" }
            ? server
            : throw Refusal.Misused("The server is an address such as https://deployhub.example.org, without name and password.");

    private static string ReadFile(string file)
    {
        if (string.IsNullOrWhiteSpace(file)) throw Refusal.Misused("--token-file names no file.");

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refusal.Misused($"The token file {file} cannot be read: {exception.Message}");
        }
    }

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Recursive = true, Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
