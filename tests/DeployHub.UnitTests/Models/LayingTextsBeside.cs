using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Models;

/// <summary>Two documents beside each other, line by line.</summary>
public sealed class LayingTextsBeside
{
    [Fact]
    public void Equal_texts_have_no_rows() => SideBySide.Of("a\nb\n", "a\r\nb").ShouldBeEmpty();

    [Fact]
    public void Lines_stand_where_they_belong_and_far_equal_ones_are_counted()
    {
        var lines = Enumerable.Range(1, 20).Select(number => $"line {number}").ToList();
        var rows = SideBySide.Of(string.Join('\n', lines), string.Join('\n', [.. lines.Take(9), "other", "new", .. lines.Skip(10)]))!;

        rows.Select(row => row.Skipped > 0 ? $"… {row.Skipped}" : $"{row.WasNumber}|{row.NowNumber}{(row.IsChanged ? "*" : "")}").ShouldBe(["… 6", "7|7", "8|8", "9|9", "10|10*", "|11*", "11|12", "12|13", "13|14", "… 7"]);
        rows.Single(row => row.WasNumber == 10).ShouldSatisfyAllConditions(row => row.Was.ShouldBe("line 10"), row => row.Now.ShouldBe("other"));
    }

    [Fact]
    public void Texts_too_long_to_be_read_are_not_laid_beside_each_other() => SideBySide.Of(new string('\n', SideBySide.MostLines + 1) + "a", "b").ShouldBeNull();
}
