using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>What ships to begin with may be published as it is.</summary>
public sealed class StartersTests
{
    private static readonly string[] Beginnings = ["target.", "variable.", Template.Manifest];
    private static readonly string Folder = Path.Combine(Written.Root, "src", "DeployHub.Features", "Models", "Starters");

    public static TheoryData<string> Slugs => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void It_is_read_without_a_remark_and_survives_being_written_again(string slug)
    {
        var text = File.ReadAllText(Path.Combine(Folder, $"{slug}.yaml"));
        var reading = ModelDocument.Read(text);
        reading.Remarks.Select(remark => remark.Full).ShouldBeEmpty();
        reading.Content!.Model.ShouldBe(slug);

        var again = ModelDocument.Read(ModelDocument.Yaml(reading.Content));
        again.Remarks.ShouldBeEmpty();
        again.Content!.Digest.ShouldBe(reading.Content.Digest);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void It_says_in_plain_words_what_it_does_when_it_fits_and_what_it_needs(string slug)
    {
        var starter = Starters.Find(slug).ShouldNotBeNull();

        starter.Summary.ShouldNotBeNullOrWhiteSpace();
        starter.Summary.ShouldNotContain("${");
        starter.Purpose.Length.ShouldBeInRange(80, 500, "a new model takes it over, and people choose by it");
        starter.UseWhen.ShouldEndWith(".");
        starter.AvoidWhen.ShouldEndWith(".");
        starter.Needs.Count.ShouldBeGreaterThan(1);
        starter.Needs.ShouldAllBe(need => need.Contains(':') || need.Contains(','));
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Under_another_name_it_is_the_same_document(string slug)
    {
        var starter = Starters.Find(slug)!;
        var own = ModelDocument.Read(DocumentHead.Of(starter.Yaml, "shop-web", "Shop: web", "Brings the shop."), "shop-web");

        own.Remarks.ShouldBeEmpty();
        (own.Content! with { Model = slug, Name = starter.Name, Purpose = starter.Purpose }).Digest.ShouldBe(starter.Content.Digest);
    }

    /// <summary>Nothing in it is the demo's, and a name that a house has to fill is named among what it needs.</summary>
    [Theory]
    [MemberData(nameof(Slugs))]
    public void What_it_reads_of_a_house_stands_among_what_it_needs(string slug)
    {
        var starter = Starters.Find(slug)!;
        var needs = string.Join(' ', starter.Needs);
        var ofTheHouse = Template.NamesIn(starter.Yaml).Where(name => name is not ("target.name" or "target.directory") && Beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal)));

        starter.Yaml.ShouldNotContain("greeter", Case.Insensitive);
        foreach (var name in ofTheHouse)
            needs.ShouldContain(name[(name.LastIndexOf('.') + 1)..], customMessage: name);
    }

    [Fact]
    public void Between_them_they_cover_every_approach_and_every_kind()
    {
        Starters.All.Count.ShouldBe(Slugs.Count);
        Enum.GetValues<Approach>().Except(Starters.All.Select(starter => starter.Approach)).ShouldBeEmpty();
        Enum.GetValues<ComponentKind>().Except(Starters.All.SelectMany(starter => starter.Kinds)).ShouldBeEmpty();
    }

    [Fact]
    public void A_reference_means_what_ships_and_never_a_model_of_the_house()
    {
        Starters.Find("shipped:rolling-service").ShouldBe(Starters.Find("rolling-service"));
        Starters.Find("shipped:no-such").ShouldBeNull();
        Domain.Key.IsValid("shipped:rolling-service").ShouldBeFalse();
    }
}
