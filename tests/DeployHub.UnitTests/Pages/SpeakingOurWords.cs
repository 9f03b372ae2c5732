using DeployHub.Domain;
using DeployHub.Domain.Access;

namespace DeployHub.UnitTests.Pages;

public sealed class SpeakingOurWords
{
    [Fact]
    public void The_build_server_is_a_CI_system()
    {
        Words.Of(Role.CiSystem).ShouldBe("CI system");
        Words.Title(Role.CiSystem).ShouldBe("CI system");
    }

    [Fact]
    public void Names_of_the_code_become_words()
    {
        Words.Of(Role.DeploymentManager).ShouldBe("deployment manager");
        Words.Title(Role.DeploymentManager).ShouldBe("Deployment manager");
    }
}
