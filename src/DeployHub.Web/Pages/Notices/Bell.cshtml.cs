using DeployHub.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Notices;

/// <summary>The bell alone, which every page shows, as it is now.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class BellModel : PageModel;
