using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Domain.Inventory.Manifests;

namespace DeployHub.UnitTests.Inventory;

public sealed class RegisteringAVersion
{
    private static readonly Digest One = Digest.OfText("one"), Two = Digest.OfText("two");
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void One_artefact_alone_gives_the_version_its_digest_so_that_people_can_compare_it_with_their_builds() =>
        ComponentVersion.DigestOf([Artefact("package", One)], Nothing).ShouldBe(One);

    [Fact]
    public void The_order_of_artefacts_and_entries_does_not_matter() =>
        ComponentVersion.DigestOf([Artefact("a", One), Artefact("b", Two)], new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" })
            .ShouldBe(ComponentVersion.DigestOf([Artefact("b", Two), Artefact("a", One)], new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" }));

    [Fact]
    public void Swapped_contents_are_other_content() =>
        ComponentVersion.DigestOf([Artefact("a", One), Artefact("b", Two)], Nothing)
            .ShouldNotBe(ComponentVersion.DigestOf([Artefact("a", Two), Artefact("b", One)], Nothing));

    [Fact]
    public void A_value_cannot_pass_for_a_further_entry() =>
        ComponentVersion.DigestOf([], new Dictionary<string, string> { ["a"] = "1\nb:1:2" })
            .ShouldNotBe(ComponentVersion.DigestOf([], new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }));

    [Theory]
    [InlineData(ComponentKind.Software, true, false, true)]
    [InlineData(ComponentKind.Software, false, true, false)]
    [InlineData(ComponentKind.Documentation, false, true, false)]
    [InlineData(ComponentKind.Configuration, true, true, true)]
    [InlineData(ComponentKind.Hardware, false, true, true)]
    [InlineData(ComponentKind.Hardware, true, false, false)]
    [InlineData(ComponentKind.Process, true, false, false)]
    [InlineData(ComponentKind.Other, false, true, true)]
    [InlineData(ComponentKind.Data, true, false, true)]
    [InlineData(ComponentKind.Data, false, true, true)]
    [InlineData(ComponentKind.Data, false, false, false)]
    public void Every_kind_is_registered_with_what_it_is_made_of(ComponentKind kind, bool artefact, bool manifest, bool accepted) =>
        Register(kind, artefact, manifest).Error?.Code.ShouldBe(accepted ? null : "component-version.no-content");

    [Fact]
    public void A_recalled_version_is_recalled_once_and_keeps_the_first_reason()
    {
        var version = Register(ComponentKind.Software, artefact: true, manifest: false).Value;

        version.Recall("leaks memory", Actor.System, DateTimeOffset.UnixEpoch).Error.ShouldBeNull();
        version.Recall("something else", Actor.System, DateTimeOffset.UnixEpoch).Error!.Code.ShouldBe("component-version.already-recalled");

        version.RecallReason.ShouldBe("leaks memory");
    }

    [Fact]
    public void Declared_dependencies_never_change_and_never_name_the_component_itself()
    {
        var needs = new Dependency("api", "^2");
        var version = Register(ComponentKind.Software, artefact: true, manifest: false, needs).Value;

        version.IsSameAs(Register(ComponentKind.Software, artefact: true, manifest: false, needs).Value).Error.ShouldBeNull();
        version.IsSameAs(Register(ComponentKind.Software, artefact: true, manifest: false).Value).Error!.Code.ShouldBe("component-version.other-dependencies");
        version.IsSameAs(Register(ComponentKind.Software, artefact: true, manifest: true, needs).Value).Error!.Code.ShouldBe("VersionLabelReused");
        Register(ComponentKind.Software, artefact: true, manifest: false, new Dependency("thing")).Error!.Code.ShouldBe("component-version.depends-on-itself");
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "The number", null)]
    [InlineData("v4", "The number", null)]
    [InlineData("v4", null, "component-version.half-a-change-note")]
    [InlineData(" ", "The number", "component-version.half-a-change-note")]
    [InlineData("1.0.0", "The number", "component-version.changed-since-itself")]
    public void A_change_note_says_since_which_other_version_and_what(string? since, string? text, string? refusal)
    {
        var manifest = new Dictionary<string, string> { ["owner"] = "Olle" };
        if (since is not null) manifest[ChangeNote.SinceEntry] = since;
        if (text is not null) manifest[ChangeNote.TextEntry] = text;

        var registered = ComponentVersion.Register(
            Component.Register(ServiceId.New(), "thing", "Thing", ComponentKind.Process, null, Actor.System, DateTimeOffset.UnixEpoch), "1.0.0", [], manifest, Nothing, [], Actor.System, DateTimeOffset.UnixEpoch);
        (registered.Error?.Code).ShouldBe(refusal);
        (ChangeNote.In(manifest) is not null).ShouldBe(refusal is null or "component-version.changed-since-itself" && since is not null);
    }

    private static Result<ComponentVersion> Register(ComponentKind kind, bool artefact, bool manifest, params Dependency[] dependencies) =>
        ComponentVersion.Register(
            Component.Register(ServiceId.New(), "thing", "Thing", kind, null, Actor.System, DateTimeOffset.UnixEpoch), "1.0.0",
            artefact ? [Artefact("package", One)] : [], manifest ? new Dictionary<string, string> { ["serial number"] = "S-1" } : Nothing,
            Nothing, dependencies, Actor.System, DateTimeOffset.UnixEpoch);

    private static Artefact Artefact(string name, Digest digest) => new(name, "dml", $"{name}.zip", digest);
}
