using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DeployHub.Features.Data;

/// <summary>Lets the migration tool see the model without a host or a database.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<DeployHubDb>
{
    public DeployHubDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<DeployHubDb>().UseNpgsql("Host=design-time").UseSnakeCaseNamingConvention().Options);
}
