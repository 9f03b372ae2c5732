namespace DeployHub.Domain.Inventory.Manifests;

/// <summary>How an entry of a content manifest is judged.</summary>
public enum ManifestRule
{
    /// <summary>The same text, letter by letter.</summary>
    Equal,

    /// <summary>One of several texts with commas between them.</summary>
    OneOf,

    /// <summary>The whole value matches a regular expression.</summary>
    Matches,

    /// <summary>A number that is not less.</summary>
    AtLeast,

    /// <summary>A number that is not more.</summary>
    AtMost,

    /// <summary>A version in a range such as <c>&gt;=2.4.1</c>.</summary>
    Within,

    /// <summary>A list of single things, such as serial numbers, that holds what another list holds and nothing else.</summary>
    Items,

    /// <summary>A date that has come, such as the effective date or the first day of a licence.</summary>
    Reached,

    /// <summary>A date whose day is not over, such as the review date or the last day of a licence.</summary>
    NotExpired,
}

/// <summary>What an entry of a content manifest has to be.</summary>
/// <param name="Entry">Name of the entry, such as <c>review date</c>.</param>
/// <param name="Is">How it is judged.</param>
/// <param name="Value">What it is compared with; for NotExpired how much longer it has to be good, such as <c>30d</c>.</param>
/// <param name="ValueOf">Name of another entry that says what it is compared with, instead of a value.</param>
/// <param name="MayMiss">For Items: how many may be missing, as a count such as <c>1</c> or a share such as <c>5%</c>; none unless told.</param>
public sealed record ManifestExpectation(string Entry, ManifestRule Is, string? Value = null, string? ValueOf = null, string? MayMiss = null)
{
    /// <summary>Such as “review date is not over for 30d”.</summary>
    public string InWords() => $"“{Entry}” {Demand}";

    /// <summary>Such as “has to be at least 60”.</summary>
    internal string Demand => Is switch
    {
        ManifestRule.Equal => $"has to be {With}",
        ManifestRule.OneOf => $"has to be one of {With}",
        ManifestRule.Matches => $"has to match {With}",
        ManifestRule.AtLeast => $"has to be at least {With}",
        ManifestRule.AtMost => $"has to be at most {With}",
        ManifestRule.Within => $"has to be a version within {With}",
        ManifestRule.Items => $"has to list what {(ValueOf is null ? $"is expected ({Value})" : $"“{ValueOf}” lists")}{(MayMiss is { } share ? $", of which {share} may be missing" : "")}",
        ManifestRule.Reached => "has to be a day that has come",
        _ => $"has to be a day that is not over{(Value is { } length ? $" for {length}" : "")}",
    };

    private string With => ValueOf is { } other ? $"what “{other}” says" : Value ?? "";
}
