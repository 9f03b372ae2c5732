using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Worker.Artefacts.Stores;

namespace DeployHub.UnitTests.Inventory;

public sealed class LookingIntoStores : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 1, 0, 0, TimeSpan.Zero);
    private readonly string _store = Directory.CreateTempSubdirectory("deployhub-store-").FullName;

    public void Dispose() => Directory.Delete(_store, recursive: true);

    [Fact]
    public void A_question_is_answered_once_by_whoever_took_it_last()
    {
        var look = StoreLook.Ask(StoreId.New(), StoreQuestion.Files, "", Actor.System, At);
        var lost = look.Take(TimeSpan.FromMinutes(1), At);
        var taken = look.Take(TimeSpan.FromMinutes(1), At.AddMinutes(2));

        look.DueAt.ShouldBe(At.AddMinutes(3));
        look.Settle(lost, StoreAnswer.Failed("Too late.")).ShouldBeFalse();
        look.Settle(taken, new StoreAnswer([])).ShouldBeTrue();
        look.Settle(taken, StoreAnswer.Failed("Twice.")).ShouldBeFalse();
        look.DueAt.ShouldBeNull();
        look.Answer!.Trouble.ShouldBeNull();
    }

    [Fact]
    public void Folders_come_first_then_the_newest_file()
    {
        Directory.CreateDirectory(Path.Combine(_store, "shop", "old"));
        Write("shop/a.zip", "12345", At.AddDays(-2));
        Write("shop/b.zip", "1", At.AddDays(-1));
        Write("shop/.hidden", "1", At);

        var answer = FolderListing.Of(_store, "shop");

        answer.Trouble.ShouldBeNull();
        answer.Files.Select(file => (file.Path, file.Size)).ShouldBe([("shop/old", (long?)null), ("shop/b.zip", 1), ("shop/a.zip", 5)]);
        answer.Files[1].Name.ShouldBe("b.zip");
        answer.HasMore.ShouldBeFalse();
    }

    [Fact]
    public void No_more_are_told_than_people_look_through()
    {
        for (var i = 0; i <= StoreLook.MostFiles; i++) Write($"{i:0000}", "", At);

        var answer = FolderListing.Of(_store, "");

        answer.Files.Count.ShouldBe(StoreLook.MostFiles);
        answer.HasMore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("../x", "would leave the store's folder")]
    [InlineData("nowhere", "There is no folder nowhere in the store.")]
    public void What_cannot_be_seen_is_said(string folder, string sentence) => FolderListing.Of(_store, folder).Trouble!.ShouldContain(sentence);

    [Fact]
    public void A_store_that_the_worker_does_not_see_is_named() =>
        FolderListing.Of(Path.Combine(_store, "gone"), "").Trouble!.ShouldStartWith("This worker does not see the folder");

    [Theory]
    [InlineData(StoreQuestion.Files, null, true)]
    [InlineData(StoreQuestion.Files, "shop/1.1.0", true)]
    [InlineData(StoreQuestion.Files, "/etc", false)]
    [InlineData(StoreQuestion.Files, "a/../../b", false)]
    [InlineData(StoreQuestion.Digest, "", false)]
    [InlineData(StoreQuestion.Digest, "shop/1.1.0/shop.zip", true)]
    [InlineData((StoreQuestion)7, "a", false)]
    public void A_path_stays_in_its_store(StoreQuestion question, string? path, bool isValid) =>
        new LookIntoStore.Validator().Validate(new LookIntoStore("dml", question, path)).IsValid.ShouldBe(isValid);

    private void Write(string path, string text, DateTimeOffset at)
    {
        var file = Path.Combine(_store, path);
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, at.UtcDateTime);
    }
}
