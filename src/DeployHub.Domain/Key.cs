using System.Text.RegularExpressions;

namespace DeployHub.Domain;

/// <summary>The form of keys, slugs and names that stand in addresses: lower-case letters, digits, single hyphens or dots between.</summary>
public static partial class Key
{
    public const int MaxLength = 64;

    public const string Rule = "Use 1 to 64 lower-case letters, digits, hyphens or dots, beginning and ending with a letter or digit; “new” is taken by the addresses themselves.";

    public static bool IsValid(string? text) => text is not null and not "new" && Form().IsMatch(text);

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?\z")]
    private static partial Regex Form();
}
