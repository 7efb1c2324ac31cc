extension MarkupElement {
    /// The elements of SVG 2 and MathML (presentation and content) by their names in lower case.
    ///
    /// Without those that HTML has too (`a`, `font`, `script`, `span`, `style`, `title`), and without those whose names
    /// have capitals, which no HTML element's name has.
    static let foreignNames = Set((svg + " " + mathML).split(whereSeparator: \.isWhitespace).map(String.init))

    private static let svg = """
        animate circle defs desc discard ellipse filter g image line marker mask metadata mpath path pattern
        polygon polyline rect set stop svg switch symbol text tspan use view
        """

    private static let mathML = """
        abs and annotation annotation-xml apply approx arccos arccosh arccot arccoth arccsc arccsch arcsec
        arcsech arcsin arcsinh arctan arctanh arg bind bvar card cartesianproduct cbytes ceiling cerror ci cn
        codomain complexes compose condition conjugate cos cosh cot coth cs csc csch csymbol curl declare
        degree determinant diff divergence divide domain domainofapplication emptyset eq equivalent eulergamma
        exists exp exponentiale factorial factorof false floor fn forall gcd geq grad gt ident image imaginary
        imaginaryi implies in infinity int integers intersect interval inverse lambda laplacian lcm leq limit
        list ln log logbase lowlimit lt maction maligngroup malignmark math matrix matrixrow max mean median
        menclose merror mfenced mfrac mglyph mi min minus mlabeledtr mlongdiv mmultiscripts mn mo mode moment
        momentabout mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup msline mspace
        msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext mtr munder munderover naturalnumbers neq
        none not notanumber notin notprsubset notsubset or otherwise outerproduct partialdiff pi piece
        piecewise plus power primes product prsubset quotient rationals real reals reln rem root scalarproduct
        sdev sec sech selector semantics sep set setdiff share sin sinh subset sum tan tanh tendsto times
        transpose true union uplimit variance vector vectorproduct xor
        """
}
