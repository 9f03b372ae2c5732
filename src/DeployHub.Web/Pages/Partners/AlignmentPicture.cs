using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Partners;

namespace DeployHub.Web.Pages.Partners;

/// <summary>A column for every month: what became of what organisations were asked in it.</summary>
public sealed record AlignmentPicture(IReadOnlyList<AlignmentMonth> Months)
{
    public const int Width = 240, Height = 60;

    private const int Column = 20, Gap = 3;

    /// <summary>Parts of a column from its foot up, by the name that gives its colour.</summary>
    public static readonly IReadOnlyList<(string Part, string Word, Func<AlignmentMonth, int> Of)> Parts =
    [
        ("in-time", "Agreed in time", month => month.InTime), ("late", "Agreed late", month => month.Late),
        ("silent", "Silent", month => month.Silent), ("objected", "Objected", month => month.Objected),
    ];

    public sealed record Block(string Part, int X, string Y, string Tall, string Title);

    public IEnumerable<Block> Blocks => Months.SelectMany((month, place) => ColumnOf(month, place));

    /// <summary>The picture in a sentence.</summary>
    public string InWords
    {
        get
        {
            var all = Months.Sum(month => month.All);
            return $"In twelve months {Words.Count(all, "question")} came to an end: {Words.List(Parts.Select(part => $"{Months.Sum(part.Of)} {part.Word.ToLowerInvariant()}"))}.";
        }
    }

    public static string Name(AlignmentMonth month) => month.Month.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    private IEnumerable<Block> ColumnOf(AlignmentMonth month, int place)
    {
        var most = Math.Max(1, Months.Max(known => known.All));
        var below = 0;
        foreach (var (part, word, of) in Parts)
        {
            if (of(month) is var count && count == 0) continue;

            below += count;
            yield return new Block(part, place * Column + Gap, Number(Height - (double)Height * below / most), Number((double)Height * count / most), $"{Name(month)}: {count} {word.ToLowerInvariant()}");
        }
    }

    public static int Wide => Column - 2 * Gap;

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
