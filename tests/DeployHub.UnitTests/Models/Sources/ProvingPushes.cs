using System.Text;
using DeployHub.Domain.Models.Sources;

namespace DeployHub.UnitTests.Models.Sources;

public sealed class ProvingPushes
{
    private const string Secret = "It's a Secret to Everybody";
    private const string Signature = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"; // GitHub's own example
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("Hello, World!");

    [Theory]
    [InlineData(PushSender.GitHub, $"sha256={Signature}")]
    [InlineData(PushSender.Gitea, Signature)]
    [InlineData(PushSender.GitLab, Secret)]
    [InlineData(PushSender.Bearer, Secret)]
    public void Whoever_knows_the_secret_is_believed(PushSender sender, string proof)
    {
        var push = Push(sender, proof);

        push.IsProvenBy(Secret).ShouldBeTrue();
        push.IsProvenBy("Another one").ShouldBeFalse();
        push.IsProvenBy("").ShouldBeFalse();
    }

    [Fact]
    public void A_signature_is_over_every_byte() => SourcePush.Of(ModelSourceId.New(), PushSender.GitHub, $"sha256={Signature}", [.. Body, (byte)'!'], default).Value.IsProvenBy(Secret).ShouldBeFalse();

    [Fact]
    public void What_was_sent_as_a_secret_is_not_kept()
    {
        var push = Push(PushSender.GitLab, Secret);

        push.Proof.ShouldNotContain(Secret);
        push.Body.ShouldBeNull("nothing in it was signed");
        Push(PushSender.GitHub, $"sha256={Signature}").Body.ShouldBe(Body);
    }

    [Theory]
    [InlineData(PushSender.GitHub, "")]
    [InlineData(PushSender.GitHub, "sha256=")]
    [InlineData(PushSender.GitHub, "sha1=0123")]
    [InlineData(PushSender.GitHub, "sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData(PushSender.Gitea, "757107")]
    [InlineData(PushSender.Bearer, "")]
    public void What_has_no_form_of_a_proof_is_refused(PushSender sender, string proof) =>
        SourcePush.Of(ModelSourceId.New(), sender, proof, Body, default).Error!.Code.ShouldBe("model-source.push-not-proven");

    private static SourcePush Push(PushSender sender, string proof) => SourcePush.Of(ModelSourceId.New(), sender, proof, Body, default).Value;
}
