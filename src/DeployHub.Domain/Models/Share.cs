using System.Globalization;

namespace DeployHub.Domain.Models;

/// <summary>A count such as <c>2</c> or a share such as <c>25%</c> of something (domain §2.5, percent arithmetic).</summary>
public readonly record struct Share(int Number, bool IsPercent)
{
    public static Result<Share> Parse(string? text)
    {
        var isPercent = text?.EndsWith('%') == true;
        var digits = isPercent ? text![..^1] : text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (!isPercent || number <= 100)
            ? new Share(number, isPercent)
            : new Error(ErrorKind.Invalid, "share.malformed", $"“{text}” is neither a count such as 2 nor a share such as 25%.");
    }

    /// <summary>Rounded down: the failures that <paramref name="total"/> targets allow.</summary>
    public int Allowed(int total) => IsPercent ? total * Number / 100 : Number;

    /// <summary>Rounded up, at least one and at most all: how many of <paramref name="total"/> have to confirm (domain Appendix F).</summary>
    public int Needed(int total) => Math.Clamp(IsPercent ? (total * Number + 99) / 100 : Number, Math.Min(1, total), total);

    /// <summary>Rounded down, at least one: the size of a batch out of <paramref name="total"/> targets.</summary>
    public int BatchSize(int total) => Math.Max(1, Allowed(total));
}
