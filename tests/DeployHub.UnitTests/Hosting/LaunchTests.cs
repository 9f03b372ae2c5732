using DeployHub.Web.Hosting;

namespace DeployHub.UnitTests.Hosting;

public sealed class LaunchTests
{
    [Fact]
    public void Without_options_one_process_does_everything()
    {
        var launch = Launch.From([]);
        (launch.ServesWeb, launch.Works, launch.OnlyMigrates, launch.Demo, launch.Refusal).ShouldBe((true, true, false, null, null));
    }

    [Theory]
    [InlineData("--roles", "web", true, false)]
    [InlineData("--roles=worker", null, false, true)]
    [InlineData("--roles", "ALL", true, true)]
    public void A_role_limits_what_the_process_does(string first, string? second, bool web, bool worker)
    {
        var launch = Launch.From(second is null ? [first] : [first, second]);
        (launch.ServesWeb, launch.Works).ShouldBe((web, worker));
    }

    [Fact]
    public void Migrating_is_all_that_a_migrating_process_does()
    {
        var launch = Launch.From(["--migrate", "--roles", "all"]);
        (launch.OnlyMigrates, launch.ServesWeb, launch.Works).ShouldBe((true, false, false));
    }

    [Fact]
    public void A_switch_never_swallows_the_option_behind_it() =>
        Launch.From(["--demo", "--urls", "http://localhost:1"]).Arguments.ShouldBe(["--urls", "http://localhost:1"]);

    [Theory]
    [InlineData("--rolls", "There is no option --rolls. --help lists what there is.")]
    [InlineData("--roles=wob", "There is no role “wob”: write --roles web, --roles worker or --roles all.")]
    [InlineData("--roles", "There is no role “”: write --roles web, --roles worker or --roles all.")]
    public void A_mistake_is_named(string argument, string sentence) => Launch.From([argument]).Refusal.ShouldBe(sentence);

    [Fact]
    public void Settings_pass_through() => Launch.From(["--DeployHub:DataDirectory=/tmp/x"]).Refusal.ShouldBeNull();

    [Fact]
    public void A_start_that_a_person_can_put_right_is_explained_and_a_bug_is_not()
    {
        StartException.Explain(new StartException("Set it.")).ShouldBe("Set it.");
        StartException.Explain(new InvalidOperationException("bug")).ShouldBeNull();
    }
}
