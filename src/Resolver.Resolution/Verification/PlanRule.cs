namespace Resolver.Resolution.Verification;

/// <summary>What a plan is held to. Each violation names the rule that it breaks.</summary>
public enum PlanRule
{
    /// <summary>Steps are numbered from 1, kept ones come first in stage 0, stages never go back, and no project is
    /// planned twice.</summary>
    Structure,

    /// <summary>Every root that holds in the environment is in the plan's roots and is met.</summary>
    Root,

    /// <summary>Every requirement that counts is met by what is planned (PEP 440, PEP 508).</summary>
    Requirement,

    /// <summary>What a step lists as its requirements is what its metadata says, no more and no less.</summary>
    Listing,

    /// <summary>The list of who needs a step says the same as the requirements of the others.</summary>
    NeededBy,

    /// <summary>Every step is there because something requested reaches it.</summary>
    Reached,

    /// <summary>Every constraint on a planned project is met.</summary>
    Constraint,

    /// <summary>The metadata of the candidate is known and readable.</summary>
    Metadata,

    /// <summary>The candidate runs on the environment's Python (Requires-Python).</summary>
    RequiresPython,

    /// <summary>The wheel fits the environment (PEP 425).</summary>
    Tags,

    /// <summary>No exclusion covers the candidate, and no pin names another version.</summary>
    Exclusion,

    /// <summary><c>--no-binary</c> and <c>--only-binary</c> admit the candidate.</summary>
    Format,

    /// <summary>A yanked version is pinned exactly, or locked (PEP 592).</summary>
    Yanked,

    /// <summary><c>--prerelease</c> admits the candidate.</summary>
    Prerelease,

    /// <summary>What a build needs, and what that needs to run, is there before the build starts.</summary>
    BuildOrder,

    /// <summary>Each isolated build environment holds what its build needs.</summary>
    BuildEnvironment,
}
