using DeployHub.Cli;
using DeployHub.Cli.Models;
using DeployHub.Cli.Talking;

namespace DeployHub.UnitTests.Cli;

public sealed class NamingVersions
{
    [Theory]
    [InlineData("rolling-web", "rolling-web", null)]
    [InlineData("rolling-web@3", "rolling-web", 3)]
    [InlineData("rolling-web@v12", "rolling-web", 12)]
    [InlineData("a.b", "a.b", null)]
    public void A_model_or_one_version_of_it(string text, string slug, int? number) => VersionName.Parse(text).ShouldBe(new VersionName(slug, number));

    [Theory]
    [InlineData("")]
    [InlineData("@3")]
    [InlineData("rolling-web@")]
    [InlineData("rolling-web@0")]
    [InlineData("rolling-web@1.2")]
    [InlineData("Rolling@3")]
    [InlineData("-rolling@3")]
    [InlineData("models/rolling.yaml")]
    [InlineData("rolling@99999999999")]
    [InlineData("rolling@3\n")]
    public void Is_written_in_no_other_way(string text) => VersionName.Parse(text).ShouldBeNull();

    [Fact]
    public void Its_address_is_that_of_the_interface_and_of_the_page()
    {
        VersionName.Version("rolling-web@3").Path.ShouldBe("models/rolling-web/versions/3");
        VersionName.Model("rolling-web").Path.ShouldBe("models/rolling-web");
    }

    [Fact]
    public void What_names_no_version_is_wrong_usage()
    {
        Should.Throw<Refusal>(() => VersionName.Version("rolling-web")).ExitCode.ShouldBe(ExitCode.WrongUsage);
        Should.Throw<Refusal>(() => VersionName.Model("rolling web")).Lines.ShouldHaveSingleItem().ShouldContain("“rolling web”");
    }

    [Fact]
    public void A_file_that_is_called_like_a_version_is_a_file()
    {
        var directory = Directory.CreateTempSubdirectory("deployhub-cli-");
        File.WriteAllText(Path.Combine(directory.FullName, "rolling@3"), "");

        VersionName.OrFile("rolling@3").ShouldBe(new VersionName("rolling", 3));
        VersionName.OrFile(Path.Combine(directory.FullName, "rolling@3")).ShouldBeNull();
        VersionName.OrFile("rolling").ShouldBeNull();
        directory.Delete(recursive: true);
    }
}
