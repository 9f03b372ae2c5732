using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Blocks;
using static DeployHub.Domain.Models.Blocks.BlockVersionStatus;

namespace DeployHub.UnitTests.Models;

public sealed class BlockLifecycle
{
    private static readonly Actor Dana = new("dana", "Dana"), Milo = new("milo", "Milo"), Machine = new("ci", "ci", ActorKind.Machine);
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly BlockContent Content = Shelf.Content(Shelf.Block);

    [Fact]
    public void Follows_its_table_and_nothing_else() =>
        BlockVersionMoves.Table.Select(move => $"{move.From} {move.On} {move.To}").ShouldBe(["Draft Edit Draft", "Draft Publish Published", "Draft Import Published", "Draft Discard Discarded", "Published Retire Retired"]);

    [Fact]
    public void A_second_person_publishes_what_they_read()
    {
        var (block, draft) = Drafted();

        block.Publish(draft, null, draft.Digest, "First.", Dana, At).Error!.ShouldSatisfyAllConditions(error => error.Code.ShouldBe("SOD-5"), error => error.WhoCould.ShouldBe("another deployment manager"));
        block.Publish(draft, null, draft.Digest, "First.", Machine, At).Error!.Code.ShouldBe("SOD-5");
        block.Publish(draft, null, Digest.OfText("another"), "First.", Milo, At).Error!.Code.ShouldBe("block.digest-changed");
        block.CurrentNumber.ShouldBe(0);

        block.Publish(draft, null, draft.Digest, "First.", Milo, At).Error.ShouldBeNull();
        (draft.Status, draft.PublishedBy, draft.ReleaseNote, block.CurrentNumber, block.Name).ShouldBe((Published, Milo, "First.", 1, "Wait until healthy"));
        draft.Write("other", null, Milo).Error!.Code.ShouldBe("block.frozen");
    }

    [Fact]
    public void Whoever_wrote_last_counts_and_a_text_with_errors_is_kept_but_not_published()
    {
        var (block, draft) = Drafted();

        draft.Write("block: [", null, Milo).Error.ShouldBeNull();
        (draft.Yaml, draft.Said, draft.Digest).ShouldBe(("block: [", null, Digest.OfText("block: [")));
        block.Publish(draft, null, draft.Digest, "First.", Dana, At).Error!.Code.ShouldBe("block.has-errors");

        draft.Write(Shelf.Block, Content, Milo).Error.ShouldBeNull();
        draft.Editors.ShouldBe([Dana, Milo]);
        block.Publish(draft, null, draft.Digest, "First.", Milo, At).Error!.Code.ShouldBe("SOD-5");
        block.Publish(draft, null, draft.Digest, "First.", Dana, At).Error.ShouldBeNull();
    }

    [Fact]
    public void There_is_one_draft_at_a_time_and_versions_never_go_backwards()
    {
        var (block, draft) = Drafted();
        block.Draft(draft, null, "", null, Dana, At).Error!.Code.ShouldBe("block.draft-open");

        var imported = block.Import(Content with { Name = "Wait" }, "…", "", Machine, At);
        (imported.Number, imported.Status, block.CurrentNumber, block.Name).ShouldBe((2, Published, 2, "Wait"));
        block.Publish(draft, imported, draft.Digest, "First.", Milo, At).Error!.Code.ShouldBe("block.outdated");
        draft.Discard("Too late.", Dana, At).Error.ShouldBeNull();
        draft.Discard("Again.", Dana, At).Error!.Code.ShouldBe("block-version.cannot-move");
    }

    [Fact]
    public void What_says_the_same_is_no_new_version()
    {
        var (block, draft) = Drafted();
        block.Publish(draft, null, draft.Digest, "First.", Milo, At).Error.ShouldBeNull();

        var next = block.Draft(null, 1, Shelf.Block + "\n# a comment\n", Content, Dana, At).Value;
        block.Publish(next, draft, next.Digest, "Nothing.", Milo, At).Error!.Code.ShouldBe("block.unchanged");
        draft.Says(Content).ShouldBeTrue();
    }

    [Fact]
    public void What_is_retired_stays_so()
    {
        var (block, draft) = Drafted();
        block.Publish(draft, null, draft.Digest, "First.", Milo, At).Error.ShouldBeNull();

        draft.Retire("It passes too early.", Dana, At).Error.ShouldBeNull();
        draft.Status.ShouldBe(Retired);
        draft.History[^1].ShouldBe(new BlockVersionMove(BlockVersionTrigger.Retire, Dana, At, "It passes too early."));
        draft.Retire("Again.", Dana, At).Error!.Code.ShouldBe("block-version.cannot-move");
    }

    private static (Block, BlockVersion) Drafted()
    {
        var block = Block.Plan("wait-until-healthy", "Wait", "Waits.", At);
        return (block, block.Draft(null, null, Shelf.Block, Content, Dana, At).Value);
    }
}
