using DeployHub.Domain;
using DeployHub.Worker.Artefacts;
using Microsoft.Extensions.Configuration;

namespace DeployHub.UnitTests.Stores;

/// <summary>What the cache keeps and drops, and when.</summary>
public sealed class KeepingCopies : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deployhub-copies-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_verified_is_found_again_and_what_is_not_is_gone()
    {
        var (cache, one) = (Cache(mebibytes: 10), Digest.OfText("one"));
        using (var part = cache.Begin(one, 3))
        {
            RandomAccess.Write(part.Handle, "one"u8, 0);
            part.Keep().Dispose();
        }

        cache.Begin(DigestOf(2), 3).Dispose();

        using var found = await cache.FindAsync(one, TestContext.Current.CancellationToken);
        File.ReadAllText(found!.Path).ShouldBe("one");
        (await cache.FindAsync(DigestOf(2), TestContext.Current.CancellationToken)).ShouldBeNull();
        Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_copy_that_a_power_cut_left_half_is_noticed_by_the_next_process_and_is_gone()
    {
        var one = Digest.OfText("one");
        using (var part = Cache(mebibytes: 10).Begin(one, 3))
        {
            RandomAccess.Write(part.Handle, "on"u8, 0);
            part.Keep().Dispose();
        }

        (await Cache(mebibytes: 10).FindAsync(one, TestContext.Current.CancellationToken)).ShouldBeNull();
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void What_another_process_brought_meanwhile_stays_for_those_who_have_it()
    {
        var (one, other) = (Cache(mebibytes: 10), Cache(mebibytes: 10));
        using var first = one.Begin(DigestOf(1), 3);
        using var second = other.Begin(DigestOf(1), 3);
        using var held = first.Keep();

        second.Keep().Dispose();
        CachedFile.DropUnlessHeld(held.Path).ShouldBeFalse();
        File.Exists(held.Path).ShouldBeTrue();
    }

    [Fact]
    public void What_is_in_use_stays_however_little_room_there_is_and_the_rest_goes_the_oldest_first()
    {
        var cache = Cache(mebibytes: 2);
        foreach (var number in (int[])[1, 2, 3]) Put(number, mebibytes: 1, age: 10 - number);

        using (CachedFile.Hold(PathOf(1)))
        {
            File.SetLastAccessTimeUtc(PathOf(1), DateTime.UtcNow.AddHours(-100));
            cache.Begin(DigestOf(4), 1024 * 1024).Dispose();
            Kept().ShouldBe([1, 3]);
            Put(2, mebibytes: 1, age: 5);
            Put(3, mebibytes: 1, age: 4);
            cache.Begin(DigestOf(4), 0).Dispose();
            Kept().ShouldBe([1, 2, 3], "two are wanted, and the one in use comes on top");
        }

        cache.Begin(DigestOf(4), 0).Dispose();
        Kept().ShouldBe([2, 3]);
    }

    [Fact]
    public void What_a_dead_process_left_is_cleared_away_and_what_is_being_written_is_not()
    {
        var cache = Cache(mebibytes: 10);
        File.WriteAllText($"{PathOf(1)}.dead.part", "half");
        using var writing = cache.Begin(DigestOf(2), 3);

        Cache(mebibytes: 10).Begin(DigestOf(3), 3).Dispose();

        Directory.GetFiles(_folder).ShouldHaveSingleItem().ShouldStartWith(PathOf(2));
    }

    [Fact]
    public void A_disk_without_room_is_said_before_the_first_byte() =>
        Should.Throw<NoRoomException>(() => Cache(mebibytes: 10).Begin(DigestOf(1), long.MaxValue / 2)).Message.ShouldContain(_folder);

    [Fact]
    public async Task A_disk_that_fills_up_meanwhile_is_said_too()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs a device that is full.");
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        using var bytes = new MemoryStream(new byte[10]);

        (await Should.ThrowAsync<NoRoomException>(() => Transfer.RunAsync(bytes, full, 100, TestContext.Current.CancellationToken))).Message.ShouldBe("its disk is full");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024 * 1024)]
    [InlineData(3 * 1024 * 1024 + 7)]
    public async Task Every_byte_is_hashed_and_written_at_its_place(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        var path = Path.Combine(_folder, "copy");
        using (var into = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
            (await Transfer.RunAsync(new MemoryStream(bytes), into, length, TestContext.Current.CancellationToken)).ShouldBe((Digest.OfBytes(bytes), length));

        (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).ShouldBe(bytes);
        if (length > 0) (await Transfer.RunAsync(new MemoryStream(bytes), null, length - 1, TestContext.Current.CancellationToken)).Digest.ShouldBeNull();
    }

    private ArtefactCache Cache(int mebibytes) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("DeployHub:ArtefactCache", _folder), new("DeployHub:ArtefactCacheMiB", $"{mebibytes}")]).Build());

    private void Put(int number, int mebibytes, int age)
    {
        File.WriteAllBytes(PathOf(number), new byte[mebibytes * 1024 * 1024]);
        File.SetLastAccessTimeUtc(PathOf(number), DateTime.UtcNow.AddHours(-age));
    }

    private int[] Kept() => [.. Enumerable.Range(1, 9).Where(number => File.Exists(PathOf(number)))];

    private string PathOf(int number) => Path.Combine(_folder, DigestOf(number).ToString().Replace(':', '-'));

    private static Digest DigestOf(int number) => Digest.OfText($"{number}");
}
