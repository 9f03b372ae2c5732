using DeployHub.Domain.Inventory;
using DeployHub.Web.Pages.Environments.Targets;

namespace DeployHub.UnitTests.Pages;

public sealed class FillingInATarget
{
    private static TargetForm.ConnectionForm Typed => new()
    {
        Kind = ConnectionKind.Ssh,
        Host = "web-1.example.com",
        User = "deploy",
        HostKey = "SHA256:x",
        Credential = "shop-deploy-key",
        Directory = "/srv/shop",
        Passphrase = "",
        Certificate = "",
        Jump = new() { Host = "", User = "", HostKey = "", Credential = "", Passphrase = "", Certificate = "" },
    };

    /// <summary>A browser sends a field that was left empty as an empty text.</summary>
    [Fact]
    public void What_was_left_empty_is_none()
    {
        var ssh = Typed.ToConnection().ShouldBeOfType<SshConnection>();

        ssh.Jump.ShouldBeNull();
        ssh.Passphrase.ShouldBeNull();
        ssh.Certificate.ShouldBeNull();
    }

    [Fact]
    public void A_jump_host_needs_no_second_secret()
    {
        var typed = Typed;
        typed.Jump.Host = "jump.example.com";

        typed.ToConnection().ShouldBeOfType<SshConnection>().Jump.ShouldNotBeNull().Passphrase.ShouldBeNull();
    }
}
