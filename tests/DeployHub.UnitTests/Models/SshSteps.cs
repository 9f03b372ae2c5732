using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>What an ssh step may say beyond its command.</summary>
public sealed class SshSteps
{
    [Theory]
    [InlineData("become: true", "root")]
    [InlineData("become: deploy", "deploy")]
    [InlineData("become: false", null)]
    public void A_command_becomes_somebody_else(string written, string? user)
    {
        var ssh = Read($"command: systemctl restart shop, {written}");

        ssh.BecomesUser.ShouldBe(user);
        StepInWords.Of(ssh).ShouldBe($"Runs “systemctl restart shop” on the target{(user is null ? "" : $" as {user}")}.");
    }

    [Theory]
    [InlineData("", null, false)]
    [InlineData("", 60, false)]
    [InlineData("", 61, true)]
    [InlineData(", detached: true", 5, true)]
    [InlineData(", detached: false", 3600, false)]
    public void A_command_goes_on_alone_when_it_may_take_long_or_is_told_to(string written, int? seconds, bool isDetached) =>
        Read($"command: make{written}").GoesOnAlone(seconds is { } limit ? TimeSpan.FromSeconds(limit) : null).ShouldBe(isDetached);

    [Theory]
    [InlineData("become: 'two words'", "must be true, for root, or the name of an account")]
    [InlineData("become: -x", "must be true, for root, or the name of an account")]
    [InlineData("becomePassword: '${secret:sudo}'", "is what sudo asks for")]
    [InlineData("become: true, becomePassword: open-sesame", "must name a secret")]
    public void What_cannot_be_is_refused(string written, string said) =>
        ModelDocument.Read(Step($"command: make, {written}")).Remarks.ShouldHaveSingleItem().Sentence.ShouldContain(said);

    [Fact]
    public void A_password_is_named() =>
        ModelDocument.Read(Step("command: make, become: true, becomePassword: '${secret:sudo}'")).Remarks.ShouldBeEmpty();

    [Fact]
    public void Detached_is_true_or_false() =>
        ModelDocument.Read(Step("command: make, detached: maybe")).Remarks.ShouldContain(remark => remark.Sentence.Contains("must be true or false", StringComparison.Ordinal));

    [Fact]
    public void What_was_read_is_written_again()
    {
        var model = Written.Content(Step("command: make, become: deploy, becomePassword: '${secret:sudo}', detached: true"));

        ModelDocument.Read(ModelDocument.Yaml(model)).Content!.Digest.ShouldBe(model.Digest);
    }

    private static RunSsh Read(string with) => Written.Content(Step(with)).Execute.Steps[1].Settings.ShouldBeOfType<RunSsh>();

    private static string Step(string with) => Written.With(
        """
                uses: script
                with:
                  command: [sh, install.sh]
                  environment: { PORT: 8080 }
                timeout: 2m
                afterLoss: RunAgain
        """,
        $$"""
                uses: ssh
                with: { {{with}} }
                timeout: 2m
                afterLoss: RunAgain
        """);
}
