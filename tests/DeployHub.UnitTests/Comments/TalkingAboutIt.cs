using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;

namespace DeployHub.UnitTests.Comments;

public sealed class TalkingAboutIt
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ana = new("ana", "Ana"), Paul = new("paul", "Paul");

    [Theory]
    [InlineData("@paul, look at web-2", "paul")]
    [InlineData("ask @Paul and @ana. And @paul again", "paul ana")]
    [InlineData("(@paul@demo.deployhub)", "paul@demo.deployhub")]
    [InlineData("shop-web@1.2.0 is there, write to paul@demo.deployhub", "")]
    [InlineData("nobody @ all", "")]
    public void A_text_names_people_and_no_versions(string text, string names) =>
        string.Join(' ', Mention.In(text)).ShouldBe(names);

    [Theory]
    [InlineData("paul", "Paul@demo.deployhub", true)]
    [InlineData("paul@demo.deployhub", "Paul@demo.deployhub", true)]
    [InlineData("paul@elsewhere.example", "paul@demo.deployhub", false)]
    [InlineData("pau", "paul@demo.deployhub", false)]
    public void A_name_is_what_stands_before_the_at_or_all_of_the_address(string name, string email, bool stands) =>
        Mention.StandsFor(name, email).ShouldBe(stands);

    [Fact]
    public void A_comment_is_withdrawn_by_its_author_only_and_that_it_was_there_stays()
    {
        var comment = Comment.Write(CommentSubject.Deployment, "DEP-2026-000123", DeploymentId.New(), "@paul look", [Paul], Ana, Now);

        comment.Withdraw(Paul, Now).Error!.Code.ShouldBe("comment.of-others");
        comment.Withdraw(Ana, Now.AddMinutes(1)).Error.ShouldBeNull();
        (comment.Text, comment.WithdrawnAt, comment.Author).ShouldBe(("", Now.AddMinutes(1), Ana));
        comment.Withdraw(Ana, Now).Error.ShouldBe(CommentErrors.Withdrawn);
    }

    [Fact]
    public void It_leads_back_to_what_it_is_about()
    {
        Comment.PathOf(CommentSubject.Deployment, "DEP-2026-000123").ShouldBe("/deployments/DEP-2026-000123#comments");
        Comment.PathOf(CommentSubject.Halt, "DEP-2026-000123/R1/H2").ShouldBe("/deployments/DEP-2026-000123/runs/1#comments");
        Comment.PathOf(CommentSubject.Review, "REV-2026-000007").ShouldBe("/reviews/REV-2026-000007#comments");
    }

    [Fact]
    public void Whoever_watches_is_told_beside_those_whom_it_concerns_and_nobody_twice()
    {
        RoleGrant[] grants = [new RoleGrant(Role.Stakeholder)];
        var (watcher, named) = (new Accounts.Account(Guid.NewGuid(), "Wanda", grants), new Accounts.Account(Guid.NewGuid(), "Nils", grants));
        Accounts people = new(new[] { watcher, named }.ToDictionary(account => account.Key));
        var happening = Happening.Of(EventTypes.CommentMentioned, "DEP-2026-000123", "Ana wrote.", "/deployments/DEP-2026-000123", Ana, Now, [named.Key]);

        Concerned.By(happening, EventTypes.Find(EventTypes.CommentMentioned)!, new Surroundings(null, ["shop"], "production", true, Watchers: [watcher.Key, named.Key]), people).Select(account => account.Name).ShouldBe(["Nils", "Wanda"]);
    }
}
