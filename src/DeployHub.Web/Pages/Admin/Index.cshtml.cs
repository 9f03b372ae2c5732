using DeployHub.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Admin;

/// <summary>Shows everybody with a role what they may open.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel : PageModel;
