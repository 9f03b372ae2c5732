using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>What a document names is found in its text, and another version is written in its place without touching anything else.</summary>
public sealed class NamingTheLibrary
{
    private const string Text = """
        model: small # uses wait@1 here and there
        stages:
          verifyEnvironment:
            - use: wait@1   # the first
            - { use: "wait@1", as: second, with: { use: "wait@1" } }
          execute:
            steps:
              - { name: Say wait@1, uses: script, with: { command: [echo, wait@1] } }
              - use: 'wait@2'
              - use: wait-longer@1
          verifyDeployment: [{ use: wait@3 }]
        rollback: { method: SwitchBack, switch: [{ use: back@1 }] }
        """;

    [Fact]
    public void Every_use_is_found_in_the_lists_of_steps_and_nowhere_else()
    {
        var names = LibraryNames.In(Text);

        names.Uses.ShouldBe(["wait@1", "wait@1", "wait@2", "wait-longer@1", "wait@3", "back@1"]);
        names.Blocks.ShouldBe([new Pin("wait", 1), new Pin("wait", 2), new Pin("wait-longer", 1), new Pin("wait", 3), new Pin("back", 1)]);
        (names.Extends, names.NamesSecrets).ShouldBe((null, false));
        LibraryNames.In("model: a\nextends: b@2\n# ${secret:x}").ShouldSatisfyAllConditions(extending => extending.Extended.ShouldBe(new Pin("b", 2)), extending => extending.NamesSecrets.ShouldBeTrue());
    }

    [Theory]
    [InlineData("")]
    [InlineData("model: [")]
    [InlineData("- use: a@1")]
    [InlineData("stages: [a]\nrollback: text")]
    [InlineData("stages: { execute: [{ use: a@1 }] }")]
    public void What_is_no_model_names_nothing(string text) => LibraryNames.In(text).Uses.ShouldBeEmpty();

    [Fact]
    public void Only_the_number_changes_wherever_an_earlier_one_is_used()
    {
        var moved = LibraryNames.Moved(Text, new Pin("wait", 3), isBlock: true);

        moved.ShouldBe(Text.Replace("- use: wait@1   #", "- use: wait@3   #", StringComparison.Ordinal).Replace("{ use: \"wait@1\", as", "{ use: \"wait@3\", as", StringComparison.Ordinal).Replace("'wait@2'", "'wait@3'", StringComparison.Ordinal));
        LibraryNames.Moved(Text.ReplaceLineEndings("\r\n"), new Pin("wait", 12), isBlock: true).ShouldNotBeNull().ShouldContain("- use: wait@12   # the first\r\n");
    }

    [Fact]
    public void Nothing_changes_where_nothing_earlier_is_named()
    {
        LibraryNames.Moved(Text, new Pin("back", 1), isBlock: true).ShouldBe(Text);
        LibraryNames.Moved(Text, new Pin("nobody", 5), isBlock: true).ShouldBe(Text);
        LibraryNames.Moved(Text, new Pin("wait", 9), isBlock: false).ShouldBe(Text);
    }

    [Fact]
    public void The_model_that_is_extended_is_written_in_its_place() =>
        LibraryNames.Moved("model: a # extends: b@1\nextends: b@1 # pinned\n", new Pin("b", 10), isBlock: false).ShouldBe("model: a # extends: b@1\nextends: b@10 # pinned\n");

    [Fact]
    public void What_is_written_in_a_roundabout_way_is_left_to_people()
    {
        LibraryNames.Moved("rollback:\n  steps:\n    - use: \"w\\u0061it@1\"\n", new Pin("wait", 2), isBlock: true).ShouldBeNull();
        LibraryNames.Moved("rollback:\n  steps:\n    - use: >-\n        wait@1\n", new Pin("wait", 2), isBlock: true).ShouldBeNull();
    }

    [Theory]
    [InlineData("wait-until-healthy@2", true)]
    [InlineData("a.b-c@1", true)]
    [InlineData("wait@0", false)]
    [InlineData("wait@02", false)]
    [InlineData("Wait@2", false)]
    [InlineData("wait@2 ", false)]
    [InlineData("wait@9999999", false)]
    [InlineData("@1", false)]
    [InlineData("wait", false)]
    public void A_name_with_its_version_is_pinned(string text, bool isPin) => (Pin.Parse(text)?.ToString() == text).ShouldBe(isPin);
}
