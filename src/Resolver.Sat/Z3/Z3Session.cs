using Microsoft.Z3;
using Resolver.Sat.Boolean;

namespace Resolver.Sat.Z3;

/// <summary>A growing formula in Z3's finite-domain solver (QF_FD), asked repeatedly under assumptions. Not
/// thread-safe, but for <see cref="Interrupt"/>.</summary>
/// <remarks>
/// Uses the package's light API alone: the ordinary <c>Context</c> binds a function that Debian's libz3 4.8.12 does
/// not have, and <c>NativeContext</c> offers only the simple solver, which is 1.2 to 5 times slower here. Every
/// object is released by hand: a model left to a finalizer is released on the finalizer's thread, while the context
/// is in use, and takes the process down.
/// </remarks>
public sealed class Z3Session : IDisposable
{
    // Without a handler of ours the library ends the process at the first error; with one, the package's functions
    // throw. Kept here, or it would be collected.
    private static readonly Native.Z3_error_handler OnError = static (_, _) => { };

    private readonly nint context;
    private readonly nint solver;
    private readonly nint boolean;
    private readonly List<nint> terms = [];
    private nint[] clause = new nint[16];
    private nint model;
    private int clauses;
    private int selectors;
    private bool disposed;

    /// <exception cref="Z3NotAvailableException">There is no usable library.</exception>
    public Z3Session()
    {
        Z3Library.Require();
        var configuration = Native.Z3_mk_config();
        context = Native.Z3_mk_context_rc(configuration);
        Native.Z3_del_config(configuration);
        Native.Z3_set_error_handler(context, OnError);
        solver = Native.Z3_mk_solver_for_logic(context, Native.Z3_mk_string_symbol(context, "QF_FD"));
        Native.Z3_solver_inc_ref(context, solver);
        boolean = Native.Z3_mk_bool_sort(context);
        Native.Z3_inc_ref(context, boolean);
    }

    /// <summary>Tells Z3 the clauses of the formula that it was not told yet. Always give the same formula.</summary>
    public void Load(Cnf formula)
    {
        while (terms.Count < 2 * formula.VariableCount)
            AddVariable();
        for (; clauses < formula.ClauseCount; clauses++)
            Assert(formula.Clause(clauses));
    }

    /// <summary>Whether all clauses and assumptions can hold together. Before this, <see cref="Load"/> every clause
    /// that mentions them.</summary>
    /// <param name="assumptions">Each of these is to hold, in this check only.</param>
    /// <param name="anyOf">Where not empty, at least one of these is to hold as well, in this check only.</param>
    /// <param name="conflictLimit">Conflicts allowed in this check; null: any number.</param>
    public Z3Verdict Check(
        ReadOnlySpan<Literal> assumptions,
        ReadOnlySpan<Literal> anyOf = default,
        long? conflictLimit = null
    )
    {
        ReleaseModel();
        if (conflictLimit is { } limit)
            LimitConflicts((uint)Math.Clamp(limit, 0, uint.MaxValue));
        var literals = new nint[assumptions.Length + (anyOf.IsEmpty ? 0 : 1)];
        for (var i = 0; i < assumptions.Length; i++)
            literals[i] = terms[assumptions[i].Code];
        if (anyOf.Length == 1)
            literals[^1] = terms[anyOf[0].Code];
        if (anyOf.Length <= 1)
            return Check(literals);
        var (selector, negated) = AddSelector(anyOf);
        literals[^1] = selector;
        var verdict = Check(literals);
        Native.Z3_solver_assert(context, solver, negated);
        Native.Z3_dec_ref(context, negated);
        Native.Z3_dec_ref(context, selector);
        return verdict;
    }

    /// <summary>Whether the literal is true in the model of the last check; a variable that the model leaves open
    /// counts as false.</summary>
    /// <exception cref="InvalidOperationException">The last check did not end satisfiable.</exception>
    public bool IsTrue(Literal literal)
    {
        if (model == 0)
            throw new InvalidOperationException("There is no model: the last check was not satisfiable.");
        var value = (nint)0;
        if (Native.Z3_model_eval(context, model, terms[literal.Variable.Positive.Code], 0, ref value) == 0)
            return false;
        var isTrue = Native.Z3_get_bool_value(context, value) == 1;
        return isTrue != literal.IsNegative;
    }

    /// <summary>Ends a running check, which then is <see cref="Z3Verdict.Unknown"/>. From any thread, while the
    /// session lives.</summary>
    public void Interrupt() => Native.Z3_interrupt(context);

    /// <summary>Z3's own counts over all checks so far, such as <c>sat conflicts</c>; 0 for one it does not
    /// keep.</summary>
    public long Statistic(string name)
    {
        var statistics = Native.Z3_solver_get_statistics(context, solver);
        Native.Z3_stats_inc_ref(context, statistics);
        var result = 0L;
        var count = Native.Z3_stats_size(context, statistics);
        for (var i = 0u; i < count; i++)
        {
            if (
                Native.Z3_stats_is_uint(context, statistics, i) != 0
                && Native.Z3_stats_get_key(context, statistics, i) == name
            )
                result += Native.Z3_stats_get_uint_value(context, statistics, i);
        }

        Native.Z3_stats_dec_ref(context, statistics);
        return result;
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        ReleaseModel();
        Native.Z3_solver_dec_ref(context, solver);
        foreach (var term in terms)
            Native.Z3_dec_ref(context, term);
        Native.Z3_dec_ref(context, boolean);
        Native.Z3_del_context(context);
    }

    private Z3Verdict Check(nint[] literals)
    {
        // The wrapper turns an interruption into an exception in some versions of the library and into 'undefined' in
        // others.
        int verdict;
        try
        {
            verdict = Native.Z3_solver_check_assumptions(context, solver, (uint)literals.Length, literals);
        }
        catch (Z3Exception)
        {
            return Z3Verdict.Unknown;
        }

        if (verdict == 0)
            return Z3Verdict.Unknown;
        if (verdict < 0)
            return Z3Verdict.Unsatisfiable;
        model = Native.Z3_solver_get_model(context, solver);
        Native.Z3_model_inc_ref(context, model);
        return Z3Verdict.Satisfiable;
    }

    /// <summary>A fresh term that implies the disjunction. Both it and its negation are to be released by the
    /// caller.</summary>
    private (nint Selector, nint Negated) AddSelector(ReadOnlySpan<Literal> anyOf)
    {
        var selector = Native.Z3_mk_const(context, Native.Z3_mk_string_symbol(context, $"any{selectors++}"), boolean);
        Native.Z3_inc_ref(context, selector);
        var negated = Native.Z3_mk_not(context, selector);
        Native.Z3_inc_ref(context, negated);
        var implication = new nint[anyOf.Length + 1];
        for (var i = 0; i < anyOf.Length; i++)
            implication[i] = terms[anyOf[i].Code];
        implication[^1] = negated;
        Native.Z3_solver_assert(context, solver, Native.Z3_mk_or(context, (uint)implication.Length, implication));
        return (selector, negated);
    }

    private void AddVariable()
    {
        var symbol = Native.Z3_mk_int_symbol(context, terms.Count >> 1);
        var positive = Native.Z3_mk_const(context, symbol, boolean);
        Native.Z3_inc_ref(context, positive);
        terms.Add(positive);
        var negative = Native.Z3_mk_not(context, positive);
        Native.Z3_inc_ref(context, negative);
        terms.Add(negative);
    }

    private void Assert(ReadOnlySpan<Literal> literals)
    {
        if (literals.Length == 1)
        {
            Native.Z3_solver_assert(context, solver, terms[literals[0].Code]);
            return;
        }

        if (clause.Length < literals.Length)
            Array.Resize(ref clause, literals.Length * 2);
        for (var i = 0; i < literals.Length; i++)
            clause[i] = terms[literals[i].Code];
        // Without a reference of ours it lives until the next result, which is long enough.
        Native.Z3_solver_assert(context, solver, Native.Z3_mk_or(context, (uint)literals.Length, clause));
    }

    private void LimitConflicts(uint limit)
    {
        var parameters = Native.Z3_mk_params(context);
        Native.Z3_params_inc_ref(context, parameters);
        Native.Z3_params_set_uint(context, parameters, Native.Z3_mk_string_symbol(context, "max_conflicts"), limit);
        Native.Z3_solver_set_params(context, solver, parameters);
        Native.Z3_params_dec_ref(context, parameters);
    }

    private void ReleaseModel()
    {
        if (model != 0)
            Native.Z3_model_dec_ref(context, model);
        model = 0;
    }
}
