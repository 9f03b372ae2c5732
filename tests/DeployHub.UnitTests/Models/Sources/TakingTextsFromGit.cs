using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models.Sources;

/// <summary>What becomes of a document from Git, given what there is of its model.</summary>
public sealed class TakingTextsFromGit
{
    private static readonly Actor Dana = new("dana", "Dana"), Milo = new("milo", "Milo"), Git = new("source", "Git source platform", ActorKind.Machine);
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly string Other = Written.With("For tests.", "For other tests."), Commented = $"# For everybody.\r\n{Written.Model}";

    private readonly Model _model = Model.Plan("small", "Small", "For tests.", Dana, At);

    [Fact]
    public void The_first_text_of_a_model_begins_a_draft() => Of(Written.Model, null, null).ShouldBe(new Arrival.Draft(null));

    [Fact]
    public void A_text_that_says_something_new_begins_a_draft_from_what_is_published() => Of(Other, null, Published(Written.Model)).ShouldBe(new Arrival.Draft(1));

    [Fact]
    public void A_text_that_says_what_is_published_changes_nothing_however_it_is_written()
    {
        Of(Written.Model, null, Published(Written.Model)).ShouldBeOfType<Arrival.Same>().Sentence.ShouldContain("this text already");
        Of(Commented, null, Published(Written.Model)).ShouldBeOfType<Arrival.Same>().Sentence.ShouldContain("only the writing differs");
    }

    [Fact]
    public void A_draft_from_the_same_branch_follows_it_and_keeps_its_number()
    {
        var draft = FromGit(Written.Model);

        Of(Other, draft, null).ShouldBeOfType<Arrival.Write>().Sentence.ShouldBe("v1 has the text of 2222222222 now.");
        Of(Commented, draft, null).ShouldBeOfType<Arrival.Write>().Sentence.ShouldContain("says the same");
        Take(draft, Commented);
        (draft.Yaml, draft.Number, draft.IsAsItCame).ShouldBe((Commented, 1, true), "every byte of it, comments and line ends");
    }

    [Fact]
    public void A_draft_that_was_edited_here_is_a_person_s_to_choose()
    {
        var draft = FromGit(Written.Model);
        draft.Write(Other, Written.Content(Other), Milo, At).Error.ShouldBeNull();

        draft.IsAsItCame.ShouldBeFalse();
        var clash = Of(Commented, draft, null).ShouldBeOfType<Arrival.Clash>();
        clash.Sentence.ShouldBe("v1 was edited here by Milo since it came from 1111111111.");
        draft.Yaml.ShouldBe(Other);
    }

    [Fact]
    public void Line_ends_alone_are_no_edit()
    {
        var draft = FromGit(Commented);
        draft.Write(Commented.ReplaceLineEndings("\n"), Written.Content(), Milo, At).Error.ShouldBeNull();

        draft.IsAsItCame.ShouldBeTrue("a browser sends them otherwise than they were");
        Of(Other, draft, null).ShouldBeOfType<Arrival.Write>();
    }

    [Fact]
    public void An_edit_that_was_taken_back_or_made_in_Git_too_is_no_conflict()
    {
        var draft = FromGit(Written.Model);
        draft.Write(Other, Written.Content(Other), Milo, At).Error.ShouldBeNull();

        Of(Other, draft, null).ShouldBeOfType<Arrival.Write>().Sentence.ShouldContain("already");
    }

    [Fact]
    public void A_draft_from_elsewhere_is_not_written_over()
    {
        var byHand = _model.Draft(null, null, new ModelIntent("Less waiting"), Written.Model, Written.Content(), Milo, At).Value;

        Of(Other, byHand, null).ShouldBeOfType<Arrival.Clash>().Sentence.ShouldBe("v1 was written here by Milo.");
        Of(Other, FromGit(Written.Model, branch: "models/x"), null).ShouldBeOfType<Arrival.Clash>().Sentence.ShouldContain("came from the branch models/x");
        Of(Other, FromGit(Written.Model, source: "other"), null).ShouldBeOfType<Arrival.Clash>().Sentence.ShouldContain("another source, other");
    }

    [Fact]
    public void What_is_in_test_is_frozen_for_Git_too()
    {
        var inTest = FromGit(Written.Model);
        inTest.StartTesting(Milo, At).Error.ShouldBeNull();

        Of(Commented, inTest, null).ShouldBeOfType<Arrival.Same>();
        Of(Other, inTest, null).ShouldBeOfType<Arrival.Wait>().Sentence.ShouldContain("only a draft changes");
        inTest.Take(Other, Written.Content(Other), Origin(Other), [], Git, At).Error!.Code.ShouldBe("model.frozen");
    }

    [Fact]
    public void A_source_that_publishes_leaves_drafts_alone()
    {
        Of(Other, null, Published(Written.Model), SourceUse.Publishes).ShouldBe(new Arrival.Publish());
        Of(Commented, null, Published(Written.Model), SourceUse.Publishes).ShouldBeOfType<Arrival.Same>();
        Of(Other, FromGit(Written.Model), null, SourceUse.Publishes).ShouldBe(new Arrival.Publish());
        Of(Commented, FromGit(Written.Model), null, SourceUse.Publishes).ShouldBeOfType<Arrival.Wait>().Sentence.ShouldContain("says the same and is open");
    }

    [Fact]
    public void Whoever_wrote_the_commit_edited_the_version_and_may_not_approve_it()
    {
        var draft = FromGit(Written.Model, people: [Dana, Milo]);
        draft.Editors.ShouldBe([Dana, Milo, Git]);

        draft.StartTesting(Dana, At).Error.ShouldBeNull();
        foreach (var required in Rehearsal.RequiredOf(draft.Content))
            draft.Record(new Rehearsal(required, true, "Went well.", draft.Digest, new Actor("paul", "Paul"), At)).Error.ShouldBeNull();
        draft.PassTesting(Dana, At).Error.ShouldBeNull();
        draft.Approve(draft.Digest, asManager: true, Milo, At).Error!.Code.ShouldBe("SOD-5");
        draft.Approve(draft.Digest, asManager: true, Dana, At).Error.ShouldBeNull();
    }

    [Fact]
    public void Who_wrote_the_same_text_in_Git_does_not_take_the_place_of_who_wrote_it_here()
    {
        var draft = FromGit(Written.Model);
        draft.Write(Other, Written.Content(Other), Dana, At).Error.ShouldBeNull();

        draft.Take(Other, Written.Content(Other), Origin(Other), [Milo, Dana, Milo], Git, At).Error.ShouldBeNull();

        draft.Editors.ShouldBe([Milo, Git, Dana]);
        draft.IsAsItCame.ShouldBeTrue();
    }

    [Fact]
    public void Who_wrote_what_was_never_taken_counts_for_the_text_that_is()
    {
        var document = SourceDocument.Of(ModelSourceId.New(), "main", "models/small.yaml");
        document.Settle(new TextInGit("b1", "c1", "Dana", [Dana]), DocumentOutcome.Refused, "1 error", null, null, At).ShouldBeTrue();
        document.PeopleWith([Milo]).ShouldBe([Dana, Milo]);
        document.PeopleWith([Dana]).ShouldBe([Dana]);

        document.Settle(new TextInGit("b2", "c2", "Milo", [Dana, Milo]), DocumentOutcome.Written, "Taken.", "small", 1, At).ShouldBeTrue();
        document.PeopleWith([Milo]).ShouldBe([Milo]);
    }

    [Fact]
    public void A_byte_order_mark_stays_in_the_text_and_is_no_part_of_the_model() =>
        ModelDocument.Read($"\uFEFF{Written.Model}").Content!.Digest.ShouldBe(Written.Content().Digest);

    [Fact]
    public void No_model_has_the_address_of_what_stands_beside_models() =>
        ModelDocument.Read(Written.With("model: small", "model: sources")).Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(error => error.Line.ShouldBe(1), error => error.Sentence.ShouldContain("“sources” is no slug"));

    [Fact]
    public void A_text_that_came_to_the_same_as_before_is_no_news()
    {
        var document = SourceDocument.Of(ModelSourceId.New(), "main", "models/small.yaml");
        var text = new TextInGit("b1", "c1", "Milo", []);

        document.Settle(text, DocumentOutcome.Conflict, "Edited here.", "small", 1, At, theirs: "theirs").ShouldBeTrue();
        document.Settle(text, DocumentOutcome.Conflict, "Edited here.", "small", 1, At.AddHours(1), theirs: "theirs").ShouldBeFalse();
        document.At.ShouldBe(At);
        document.Settle(text with { Blob = "b2" }, DocumentOutcome.Refused, "1 error", null, null, At).ShouldBeTrue();
        (document.Model, document.Theirs).ShouldBe(("small", null));
        document.Vanish(At).ShouldBeTrue();
        document.Vanish(At).ShouldBeFalse();
        document.Sentence.ShouldContain("Nothing was retired");
    }

    private static Arrival Of(string yaml, ModelVersion? open, ModelVersion? newest, SourceUse use = SourceUse.Drafts) =>
        Arrival.Of(use, yaml, Written.Content(yaml), Origin(yaml, commit: new string('2', 40)), open, newest);

    private static void Take(ModelVersion draft, string yaml) => draft.Take(yaml, Written.Content(yaml), Origin(yaml), [], Git, At).Error.ShouldBeNull();

    private static ModelOrigin Origin(string yaml, string source = "platform", string branch = "main", string? commit = null) =>
        new(source, branch, "models/small.yaml", commit ?? new string('1', 40), "Milo", ModelOrigin.DigestOf(yaml));

    private ModelVersion Published(string yaml) => _model.Import(Written.Content(yaml), yaml, "First.", Dana, At);

    private ModelVersion FromGit(string yaml, string source = "platform", string branch = "main", IReadOnlyList<Actor>? people = null)
    {
        var draft = _model.Draft(null, null, new ModelIntent("Less waiting"), yaml, Written.Content(yaml), Git, At).Value;
        draft.Take(yaml, Written.Content(yaml), Origin(yaml, source, branch), people ?? [], Git, At).Error.ShouldBeNull();
        return draft;
    }
}
