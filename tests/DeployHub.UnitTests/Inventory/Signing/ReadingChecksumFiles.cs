using DeployHub.Domain.Inventory.Signing;

namespace DeployHub.UnitTests.Inventory.Signing;

public sealed class ReadingChecksumFiles
{
    private static readonly string One = new('1', 64);
    private static readonly string Two = new('2', 64);
    private static readonly string Long = new('a', 128);

    [Fact]
    public void Both_forms_and_both_lengths_are_read_beside_comments_and_blank_lines()
    {
        var file = ChecksumFile.Parse($"# made today\r\n\r\n{One}  shop.zip\r\n{Two} *./bin/shop\r\nSHA512 (shop (new).zip) = {Long.ToUpperInvariant()}\r\n").Value;

        file.Of("shop.zip").ShouldBe([new ListedDigest("shop.zip", ChecksumAlgorithm.Sha256, One)]);
        file.Of("bin/shop").ShouldBe([new ListedDigest("bin/shop", ChecksumAlgorithm.Sha256, Two)]);
        file.Of("shop (new).zip").ShouldBe([new ListedDigest("shop (new).zip", ChecksumAlgorithm.Sha512, Long)]);
        file.Of("other").ShouldBeEmpty();
    }

    [Fact]
    public void A_leading_backslash_says_that_the_name_is_escaped()
    {
        ChecksumFile.Parse($@"\{One}  a\\b\nc").Value.Entries.ShouldHaveSingleItem().Name.ShouldBe("a\\b\nc");
        ChecksumFile.Parse($@"{One}  a\\b").Value.Entries.ShouldHaveSingleItem().Name.ShouldBe(@"a\\b");
    }

    [Fact]
    public void One_name_may_have_a_digest_of_each_length() =>
        ChecksumFile.Parse($"{One}  a\n{Long}  a\n{One}  a").Value.Of("a").Count.ShouldBe(2);

    [Fact]
    public void Doubt_is_refused_with_the_line()
    {
        Refusal($"{One}  a\n{Two}  ./a").ShouldBe("checksums.ambiguous");
        Refusal($"{new string('1', 40)}  a").ShouldBe("checksums.weak");
        Refusal($"MD5 (a) = {new string('1', 32)}").ShouldBe("checksums.weak");
        Refusal($"SHA256 (a) = {Long}").ShouldBe("checksums.malformed");
        Refusal($"{One} a").ShouldBe("checksums.malformed");
        Refusal($@"\{One}  a\tb").ShouldBe("checksums.malformed");
        Refusal("# nothing\n").ShouldBe("checksums.empty");
        Refusal(new string('a', ChecksumFile.MostBytes + 1)).ShouldBe("checksums.size");
        ChecksumFile.Parse($"{One}  a\n{new string('1', 40)}  b").Error!.Message.ShouldBe("The checksum file has a digest in line 2 that is SHA-1: list SHA-256 or SHA-512.");
    }

    private static string Refusal(string text) => ChecksumFile.Parse(text).Error!.Code;
}
