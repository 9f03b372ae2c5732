using System.Text.RegularExpressions;

namespace DeployHub.Domain.Inventory;

/// <summary>The form of a version's label. It stands in addresses and is compared letter by letter.</summary>
public static partial class VersionLabel
{
    public const int MaxLength = 100;

    public const string Rule = "Use 1 to 100 letters, digits, dots, hyphens, underscores or plus signs, beginning with a letter or digit; “new” is taken by the addresses themselves.";

    public static bool IsValid(string? text) => text is not null and not "new" && Form().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}\z")]
    private static partial Regex Form();
}
