using System.Reflection;
using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using DeployHub.Features.Pipeline;

namespace DeployHub.UnitTests.Access;

public sealed class NamingWhatIsRefused
{
    [Fact]
    public void A_right_that_is_called_after_something_else_is_refused_by_what_was_to_be_done()
    {
        var required = typeof(PassModelVersionTesting).GetCustomAttribute<RequiresAttribute>()!;

        PermissionMatrix.Refusal(required.Permission, required.To).Message
            .ShouldBe("You may not say that a model has passed its tests: this right belongs to the role deployment manager.");
        PermissionMatrix.Refusal(required.Permission).Message.ShouldStartWith("You may not publish models:");
    }
}
