using System.Text.RegularExpressions;

namespace DeployHub.Domain;

/// <summary>
/// The form of a secret's name. Narrow on purpose: a private key, a password with a space or a whole command line can never pass for a
/// name, so that a value pasted into the wrong field is refused before it is stored.
/// </summary>
public static partial class SecretName
{
    public const int MaxLength = 64;

    public const string Rule = "Use a secret's name (up to 64 letters, digits, hyphens, dots or underscores), never the secret itself. The worker looks the value up when it needs it.";

    public static bool IsValid(string? text) => text is not null && Form().IsMatch(text) && !LooksLikeValue(text);

    /// <summary>True for text that should be nowhere but in a secret.</summary>
    public static bool LooksLikeValue(string text) => text.Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase) || text.Contains("whsec_", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\z")]
    private static partial Regex Form();
}
