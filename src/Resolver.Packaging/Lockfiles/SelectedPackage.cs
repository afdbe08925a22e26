namespace Resolver.Packaging.Lockfiles;

/// <summary>A package that an environment gets from a lock file, and what it is installed from.</summary>
public sealed record SelectedPackage(LockedPackage Package, LockedSource Source);
