using System.Text.RegularExpressions;

namespace DeployHub.Domain;

/// <summary>The form of keys, slugs and names that stand in addresses: lower-case letters, digits, single hyphens or dots between.</summary>
public static partial class Key
{
    public const int MaxLength = 64;

    public const string Rule = "Use 1 to 64 lower-case letters, digits, hyphens or dots, beginning and ending with a letter or digit; “new” is taken by the addresses themselves.";

    public static bool IsValid(string? text) => text is not null and not "new" && Form().IsMatch(text);

    /// <summary>What a key is proposed to be for something with a name: its letters without their marks, and a hyphen for everything else. Empty where nothing is left.</summary>
    public static string From(string? name)
    {
        var plain = string.Concat((name ?? "").ToLowerInvariant().Select(letter => letter is 'ß' ? "ss" : Unmarked.GetValueOrDefault(letter, letter).ToString()));
        var key = Others().Replace(Marks().Replace(plain, ""), "-").TrimStart('-');
        return key[..Math.Min(key.Length, MaxLength)].TrimEnd('-');
    }

    /// <summary>Latin letters that are one character with their mark. A program without data of cultures cannot take them apart.</summary>
    private static readonly Dictionary<char, char> Unmarked = new (char Plain, string Marked)[]
    {
        ('a', "àáâãäåāăąǎ"), ('c', "çćĉċč"), ('d', "ď"), ('e', "èéêëēĕėęě"), ('g', "ĝğġģ"), ('h', "ĥ"), ('i', "ìíîïĩīĭį"), ('j', "ĵ"), ('k', "ķ"), ('l', "ĺļľ"),
        ('n', "ñńņň"), ('o', "òóôõöōŏő"), ('r', "ŕŗř"), ('s', "śŝşšș"), ('t', "ţťț"), ('u', "ùúûüũūŭůűų"), ('w', "ŵ"), ('y', "ýÿŷ"), ('z', "źżž"),
    }.SelectMany(letters => letters.Marked.Select(marked => (marked, letters.Plain))).ToDictionary();

    [GeneratedRegex(@"\p{M}")]
    private static partial Regex Marks();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?\z")]
    private static partial Regex Form();
}
