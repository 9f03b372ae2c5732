using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;

namespace DeployHub.UnitTests.Api;

/// <summary>What no database holds is found wherever it stands in a message, so that it is refused at both doors and by its field.</summary>
public sealed class TextThatCannotBeStored
{
    [Fact]
    public void Is_recognised()
    {
        foreach (var text in (string?[])["plain, Ünïcode and \U0001F680\t\n", "", null]) UnstorableText.IsIn(text).ShouldBeFalse();
        foreach (var text in (string[])["a\0b", "half \ud83d", "\ude80 half"]) UnstorableText.IsIn(text).ShouldBeTrue();
    }

    [Fact]
    public void Is_named_by_its_field() =>
        UnstorableText.FieldsOf(new RegisterComponentVersion("payload", "1\0", [new("a", "s", "p", "d"), new("b", "s\0", "p", "d")], new Dictionary<string, string> { ["note"] = "\0" }))
            .ShouldBe(["Label", "Artefacts[1].Store", "Manifest"]);
}
